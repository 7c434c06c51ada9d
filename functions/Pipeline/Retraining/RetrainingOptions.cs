using System.ComponentModel.DataAnnotations;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>How models are trained anew and what they must show.</summary>
public sealed record RetrainingOptions
{
    /// <summary>Folder of the seeds' labelled texts; without it, labels alone are trained on.</summary>
    public string? Corpus { get; init; }

    /// <summary>One labelled matter in so many is held out; default 5.</summary>
    [Range(2, 20)]
    public int HoldoutShare { get; init; } = 5;

    /// <summary>Held-out submissions a comparison needs at least; default 50.</summary>
    [Range(10, 10_000)]
    public int LeastHoldout { get; init; } = 50;

    /// <summary>Held-out submissions of a category from which it is watched by itself; default 20.</summary>
    [Range(5, 10_000)]
    public int LeastSupport { get; init; } = 20;

    /// <summary>By how much the F1 of a watched category may fall, 0 to 1; default 0.05.</summary>
    [Range(0.0, 1.0)]
    public double LargestFall { get; init; } = 0.05;

    /// <summary>Resamples of the bootstrap; default 2,000.</summary>
    [Range(200, 100_000)]
    public int Resamples { get; init; } = 2_000;

    /// <summary>The seed of all chance in training and comparing; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Model files kept, the newest; the one in force and those before it in line stay besides. Default 10.</summary>
    [Range(1, 1_000)]
    public int KeptFiles { get; init; } = 10;
}
