using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Forums;

/// <summary>恳谈会: a session at which anybody may speak.</summary>
public sealed record Forum : IDocument
{
    /// <summary><c>F</c>, the month and base-32 letters.</summary>
    public required string Id { get; init; }

    /// <summary>The month it was recorded.</summary>
    public string Partition => Id[1..7];

    public required string Title { get; init; }
    public required string Place { get; init; }
    public required DateOnly HeldOn { get; init; }

    /// <summary>The station that held it.</summary>
    public required string Station { get; init; }
    public required string RecordedBy { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Closed sessions take no more items.</summary>
    public bool Closed { get; init; }

    /// <summary>How many items it has so far; their numbers are 1 to this.</summary>
    public int Items { get; init; }
}

/// <summary>One thing said at a forum.</summary>
public sealed record ForumItem : IDocument
{
    /// <summary>The number in the session, as four digits.</summary>
    public required string Id { get; init; }
    public required string ForumId { get; init; }

    /// <inheritdoc/>
    public string Partition => ForumId;

    /// <summary>The number in the session, from 1.</summary>
    public required int Number { get; init; }
    public required string Title { get; init; }

    /// <summary>Masked text.</summary>
    public required string Body { get; init; }

    /// <summary>What became of it at the table.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>What the office at the table said or promised.</summary>
    public string? Answer { get; init; }

    /// <summary>Cut from minutes and not yet confirmed by the recorder: not yet a submission.</summary>
    public bool Draft { get; init; }

    /// <summary>The submission it became.</summary>
    public string? SubmissionId { get; init; }
}

/// <summary>What became of an item at the table. Only <see cref="Unsettled"/> goes up.</summary>
public enum Outcome
{
    /// <summary>Common and unsettled.</summary>
    Unsettled,

    /// <summary>Settled on the spot.</summary>
    Settled,

    /// <summary>Promised by the office at the table.</summary>
    Promised,
}
