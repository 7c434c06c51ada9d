namespace OpinionPipeline.Model;

/// <summary>What a model was made of, how good it is, and how its scores become probabilities.</summary>
public sealed record ModelCard
{
    /// <summary>The labels in the order of the scores.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>SHA-256 (hex) over all training texts and labels in their order.</summary>
    public required string DataHash { get; init; }

    /// <summary>Texts it was trained on.</summary>
    public required int Documents { get; init; }

    /// <summary>Those of them that are seeds beside real texts; the measures below are of the others.</summary>
    public int SeedDocuments { get; init; }

    /// <summary>Texts of each label.</summary>
    public required IReadOnlyDictionary<string, int> DocumentsPerLabel { get; init; }

    /// <summary>The seed of all chance in training.</summary>
    public required int Seed { get; init; }

    /// <summary>When it was trained.</summary>
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>Scores are multiplied by this before the softmax; fitted on texts the fold's model had not seen.</summary>
    public required double Sharpness { get; init; }

    /// <summary>Below this confidence a person decides.</summary>
    public required double Threshold { get; init; }

    /// <summary>Cross-validated macro-averaged F1, near duplicates never across folds.</summary>
    public required double CrossValidatedMacroF1 { get; init; }

    /// <summary>Cross-validated accuracy.</summary>
    public required double CrossValidatedAccuracy { get; init; }

    /// <summary>Share of cross-validated texts at or above the threshold.</summary>
    public required double Decided { get; init; }

    /// <summary>Share of those that are right.</summary>
    public required double DecidedAccuracy { get; init; }

    /// <summary>Expected calibration error of the cross-validated texts, ten bins.</summary>
    public double CalibrationError { get; init; }

    /// <summary>How confident and how right the cross-validated texts are, bin by bin.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; init; } = [];

    /// <summary>
    /// A text of whose pairs of characters a smaller share is known is novel: the share that all but one in two hundred
    /// of the cross-validated texts reach.
    /// </summary>
    public double NoveltyBound { get; init; }

    /// <summary>
    /// From this confidence on the second level counts as sure, below every label the same; null where the texts are too
    /// few to say so of any.
    /// </summary>
    public double? FinerThreshold { get; init; }

    /// <summary>The second level, for each label that has one; empty where no text says it.</summary>
    public IReadOnlyList<FinerCard> Finer { get; init; } = [];
}
