using OpinionPipeline.Model;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>A candidate beside the model in force, on the same held-out submissions.</summary>
public sealed record Comparison
{
    /// <summary>The version in force that it is compared with.</summary>
    public required string With { get; init; }

    /// <summary>Held-out submissions compared.</summary>
    public required int Documents { get; init; }

    /// <summary>Macro-F1 of the candidate, 0 to 1.</summary>
    public double MacroF1 { get; init; }

    /// <summary>Macro-F1 of the one in force.</summary>
    public double MacroF1InForce { get; init; }

    /// <summary>The difference, its 95% interval, and McNemar's test; null where nothing was held out.</summary>
    public PairedTest? Test { get; init; }

    /// <summary>F1 by category.</summary>
    public IReadOnlyList<CategoryF1> PerCategory { get; init; } = [];

    /// <summary>What the candidate says of what is right: how often, pair by pair; empty where none was kept.</summary>
    public IReadOnlyList<Confusion> Confusion { get; init; } = [];

    /// <summary>The same of the model in force.</summary>
    public IReadOnlyList<Confusion> ConfusionInForce { get; init; } = [];

    /// <summary>Submissions that the two decide differently, at most 50.</summary>
    public IReadOnlyList<ChangedDecision> Changed { get; init; } = [];

    /// <summary>How many they are in all.</summary>
    public int ChangedCount { get; init; }

    /// <summary>Why it may not be promoted; empty where it may.</summary>
    public required IReadOnlyList<Rejection> Reasons { get; init; }

    /// <summary>True where the gate lets it pass.</summary>
    public bool Promotable => Reasons.Count == 0;
}

/// <summary>A category's F1 with the candidate and with the model in force.</summary>
/// <param name="Category">Its Chinese name.</param>
/// <param name="Support">Held-out submissions of it.</param>
/// <param name="F1">With the candidate.</param>
/// <param name="F1InForce">With the model in force.</param>
/// <param name="Watched">True where there are enough to judge it by itself.</param>
public sealed record CategoryF1(
    string Category,
    int Support,
    double F1,
    double F1InForce,
    bool Watched
);

/// <summary>A cell of a confusion matrix, by the categories' Chinese names.</summary>
public sealed record Confusion(string Right, string Said, int Count);

/// <summary>A submission that candidate and model in force decide differently.</summary>
public sealed record ChangedDecision(
    string SubmissionId,
    string Right,
    string Candidate,
    string InForce
);
