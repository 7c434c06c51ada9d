namespace OpinionPipeline.Model;

/// <summary>What the model knows of the second level below one label, and how well.</summary>
public sealed record FinerCard
{
    /// <summary>The first-level label.</summary>
    public required string Label { get; init; }

    /// <summary>The second-level labels below it, in the order of the scores.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Texts that it was taught by, names of categories not counted.</summary>
    public required int Documents { get; init; }

    /// <summary>Scores are multiplied by this before the softmax.</summary>
    public required double Sharpness { get; init; }

    /// <summary>Cross-validated share of texts of the label whose second level it says rightly.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The same where the three most probable are looked at.</summary>
    public required double TopThree { get; init; }

    /// <summary>Cross-validated share of texts at or above <see cref="ModelCard.FinerThreshold"/>; 0 where nothing is decided.</summary>
    public double Decided { get; init; }

    /// <summary>Share of those that are right.</summary>
    public double DecidedAccuracy { get; init; }
}
