using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Duplicates;

/// <summary>What others find a submission by: keys for candidates, and what is compared once found.</summary>
public sealed record Fingerprint : IDocument
{
    /// <summary>The submission.</summary>
    public required string Id { get; init; }

    /// <summary>The quarter it was said in: <c>2026Q4</c>.</summary>
    public required string Partition { get; init; }
    public required DateTimeOffset SaidAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Bands of the text's sketch, places and distinctive terms; equal keys make a candidate.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Masked title and text, as compared.</summary>
    public required string Title { get; init; }
    public required string Body { get; init; }
    public string? Place { get; init; }
    public string? Category { get; init; }

    /// <summary>
    /// A few keyed bits of the reporter's contact: different ones mean two people, equal ones mean nothing. Null where
    /// no contact was given.
    /// </summary>
    public string? Signature { get; init; }

    /// <summary>Set once it is attached.</summary>
    public string? IssueId { get; init; }
    public string? DuplicateOf { get; init; }
    public Issues.Attachment? Attachment { get; init; }
    public string? KindId { get; init; }
}
