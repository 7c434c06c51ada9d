using Microsoft.ML.Data;

namespace OpinionPipeline.Model;

/// <summary>A text and the category a person gave it.</summary>
public sealed record LabelledText(string Title, string Body, string Label);

/// <summary>A row as ML.NET reads it: normalised title and text.</summary>
internal sealed class TextRow
{
    public string Title { get; set; } = "";
    public string Body { get; set; } = "";
    public string Label { get; set; } = "";

    public static TextRow From(string title, string body, string label = "") =>
        new()
        {
            Title = Text.Normalization.Normalize(title),
            Body = Text.Normalization.Normalize(body),
            Label = label,
        };
}

/// <summary>The raw scores of a row, in the order of the model's labels.</summary>
internal sealed class ScoreRow
{
    [ColumnName("Score")]
    public float[] Score { get; set; } = [];
}
