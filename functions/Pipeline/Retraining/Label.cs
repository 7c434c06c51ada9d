using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>人工标注: what a person says a submission's category is. One a person and submission; a later one replaces it.</summary>
public sealed record Label : IDocument
{
    /// <summary>Submission id, <c>~</c>, the person's account hash.</summary>
    public required string Id { get; init; }
    public string Partition => "labels";
    public required string SubmissionId { get; init; }
    public required string Category { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What the model had said, and how sure it was.</summary>
    public string? ModelCategory { get; init; }
    public double ModelConfidence { get; init; }
    public string? ModelVersion { get; init; }
}

/// <summary>模型版本: a trained model with what it was made of and how good it is. The file itself lies beside the store.</summary>
public sealed record ModelVersion : IDocument
{
    /// <summary><c>m0001</c>, <c>m0002</c>, …</summary>
    public required string Id { get; init; }
    public string Partition => "models";
    public required DateTimeOffset CreatedAt { get; init; }
    public required string State { get; init; }
    public string? DataHash { get; init; }
    public int Documents { get; init; }
    public double MacroF1 { get; init; }
    public double Accuracy { get; init; }
    public double Threshold { get; init; }
    public string? Message { get; init; }

    /// <summary>The version that stood before this one was promoted.</summary>
    public string? Previous { get; init; }
}
