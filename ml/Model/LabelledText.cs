namespace OpinionPipeline.Model;

/// <summary>A text and the category a person gave it.</summary>
public sealed record LabelledText(string Title, string Body, string Label);
