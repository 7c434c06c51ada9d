using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Duplicates;

/// <summary>What is compared of a submission once it has been found; its keys, which are most of it, are not read.</summary>
public record Candidate : IDocument, IExpiring
{
    /// <summary>The submission.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="Fingerprint.All"/>.</summary>
    public string Partition { get; init; } = Fingerprint.All;
    public required DateTimeOffset SaidAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

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
    public DateTimeOffset? ExpiresAt => ReceivedAt.AddDays(Fingerprint.DaysKept);

    /// <summary>True where this one was received before the other; of two at the same moment the lesser id was.</summary>
    public bool IsBefore(Candidate other) =>
        ReceivedAt < other.ReceivedAt
        || ReceivedAt == other.ReceivedAt && string.CompareOrdinal(Id, other.Id) < 0;
}
