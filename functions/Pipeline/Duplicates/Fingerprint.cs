using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Duplicates;

/// <summary>
/// What others find a submission by: keys for candidates, and what is compared once found. Written once and never
/// changed; where the submission belongs stands in the submission.
/// </summary>
public sealed record Fingerprint : IDocument, IExpiring
{
    /// <summary>Nothing is compared with what was said longer ago, so it need not stay: 400 days keep every January's last year.</summary>
    public const int DaysKept = 400;

    /// <summary>
    /// One partition for all, so that a search costs the same on every day of the year: 20 GB hold 6,000,000 of them.
    /// </summary>
    public const string All = "all";

    /// <summary>The submission.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="All"/>.</summary>
    public string Partition { get; init; } = All;
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

    /// <inheritdoc/>
    public DateTimeOffset? ExpiresAt => ReceivedAt.AddDays(DaysKept);

    /// <summary>True where this one was received before the other; of two at the same moment the lesser id was.</summary>
    public bool IsBefore(Fingerprint other) =>
        ReceivedAt < other.ReceivedAt
        || ReceivedAt == other.ReceivedAt && string.CompareOrdinal(Id, other.Id) < 0;
}
