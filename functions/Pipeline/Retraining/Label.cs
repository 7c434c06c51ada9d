using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>人工标注: what a person says a submission's category is. One a person and submission; a later one replaces it.</summary>
public sealed record Label : IDocument
{
    /// <summary>The partition of all labels: a county makes some thousands a year.</summary>
    public const string All = "labels";

    /// <summary>Submission id, <c>~</c>, the person's account hash.</summary>
    public required string Id { get; init; }
    public string Partition => All;
    public required string SubmissionId { get; init; }

    /// <summary>Code of the category, in the words of the day it was said; see <see cref="County.CategoryMap"/>.</summary>
    public required string Category { get; init; }

    /// <summary>The account of who said so.</summary>
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When this person first labelled the submission; replacing the label leaves it as it is.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>On what occasion.</summary>
    public required LabelSource Source { get; init; }

    /// <summary>True where somebody else says otherwise and neither category contains the other.</summary>
    public bool Disagreed { get; init; }

    /// <summary>What the model had said, and how sure it was, 0 to 1; null where it was never asked.</summary>
    public string? ModelCategory { get; init; }
    public double ModelConfidence { get; init; }
    public string? ModelVersion { get; init; }
}

/// <summary>On what occasion a label was given.</summary>
public enum LabelSource
{
    /// <summary>The submission had been decided, and a person says otherwise or the same.</summary>
    Correction,

    /// <summary>An office handed it back as not its own.</summary>
    Handback,

    /// <summary>It waited for a person.</summary>
    Review,
}
