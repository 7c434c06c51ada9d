using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Audit;

/// <summary>Who did what to which document when. Never holds personal data itself.</summary>
public sealed record AuditEntry(
    string Id,
    string Partition,
    DateTimeOffset At,
    string Who,
    string What,
    string Subject,
    string? Detail
) : IDocument;
