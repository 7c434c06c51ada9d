namespace OpinionPipeline.Model;

/// <summary>A text and the category a person gave it.</summary>
public sealed record LabelledText(string Title, string Body, string Label)
{
    /// <summary>Its second-level category below the label, where somebody said so.</summary>
    public string? Second { get; init; }

    /// <summary>How much it counts in training, above 0; 1 for what people really said, less for a seed beside such texts.</summary>
    public float Weight { get; init; } = 1;

    /// <summary>The station it came through, where that is known.</summary>
    public string? Station { get; init; }
}
