using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>
/// 模型版本: a model from the moment it was asked for: what it was made of, how good it is, and how it compares with the
/// one in force. The file itself lies beside the store and goes in time; this stays.
/// </summary>
public sealed record ModelVersion : IDocument
{
    /// <summary>The partition of all versions.</summary>
    public const string All = "models";

    /// <summary><c>m0001</c>, <c>m0002</c>, …</summary>
    public required string Id { get; init; }
    public string Partition => All;

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The account of who asked; null for the first, which the program made by itself.</summary>
    public string? By { get; init; }
    public required ModelStatus Status { get; init; }

    /// <summary>How far the training is, 0 to 100.</summary>
    public int Percent { get; init; }

    /// <summary>When whoever trains it last said that it goes on.</summary>
    public DateTimeOffset? Heartbeat { get; init; }

    /// <summary>How often its training was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it failed.</summary>
    public Rejection? Failure { get; init; }

    /// <summary>What it was made of.</summary>
    public TrainingCounts? Data { get; init; }

    /// <summary>The model's own card; its figures are cross-validated on the training texts.</summary>
    public ModelCard? Card { get; init; }

    /// <summary>How good it is on the holdout, which it never saw.</summary>
    public Evaluation? Quality { get; init; }

    /// <summary>What it learnt from merges and splits; null where nobody has made any.</summary>
    public MatterFigures? Matters { get; init; }

    /// <summary>How it compares with the model that was in force when it was ready.</summary>
    public Comparison? Comparison { get; init; }

    /// <summary>True while it is on its way.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsUnderWay =>
        Status is ModelStatus.Queued or ModelStatus.Training or ModelStatus.Evaluating;
}

/// <summary>Where a version stands.</summary>
public enum ModelStatus
{
    Queued,
    Training,
    Evaluating,
    Ready,
    Failed,
    Cancelled,
}

/// <summary>What became of the seeds' texts and the labels.</summary>
public sealed record TrainingCounts
{
    /// <summary>Texts of the seeds' corpus, all trained on.</summary>
    public int Corpus { get; init; }

    /// <summary>Submissions that people have labelled.</summary>
    public int Labelled { get; init; }

    /// <summary>Texts trained on, the corpus included.</summary>
    public int Training { get; init; }

    /// <summary>Submissions held out.</summary>
    public int Holdout { get; init; }

    /// <summary>Left out: as many people say one thing as another.</summary>
    public int Disputed { get; init; }

    /// <summary>Left out: their category was split since, or is none today.</summary>
    public int InReview { get; init; }

    /// <summary>Left out: near a text on each side.</summary>
    public int Between { get; init; }

    /// <summary>Left out: the submission is gone.</summary>
    public int Gone { get; init; }

    /// <summary>Held-out submissions not compared, as the model in force was trained on them.</summary>
    public int SeenBefore { get; init; }

    /// <summary>Categories of a single training text: learnt, and not to be relied on.</summary>
    public IReadOnlyList<string> Single { get; init; } = [];
}
