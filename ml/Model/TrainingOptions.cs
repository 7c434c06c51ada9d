namespace OpinionPipeline.Model;

/// <summary>How a model is trained. The defaults are what was measured best on 6,630 real messages.</summary>
public sealed record TrainingOptions
{
    /// <summary>The seed of all chance; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Folds of the cross-validation that calibrates, at least 2; default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>L2 regularisation; default 3e-5.</summary>
    public float L2 { get; init; } = 3e-5f;

    /// <summary>Share of automatic decisions that must be right, by cross-validation; default 0.98.</summary>
    public double DecidedAccuracy { get; init; } = 0.98;

    /// <summary>
    /// What second-level categories are called, and those below them, each as a text with its two labels: they teach the
    /// second level alone; default none.
    /// </summary>
    public IReadOnlyList<LabelledText> Names { get; init; } = [];

    /// <summary>
    /// Texts without a label, title and text together: what is rare and what means alike is learnt from them as well;
    /// default none.
    /// </summary>
    public IReadOnlyList<string> Unlabelled { get; init; } = [];
}
