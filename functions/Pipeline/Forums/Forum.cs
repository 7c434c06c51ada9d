using System.Globalization;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Forums;

/// <summary>恳谈会: a session at which anybody may speak.</summary>
public sealed record Forum : IDocument
{
    /// <summary><c>F</c>, the month and base-32 letters.</summary>
    public required string Id { get; init; }

    /// <summary>The month it was recorded.</summary>
    public string Partition => Submissions.SubmissionId.Partition(Id);

    public required string Title { get; init; }
    public required string Place { get; init; }
    public required DateOnly HeldOn { get; init; }

    /// <summary>The station that held it.</summary>
    public required string Station { get; init; }
    public required string RecordedBy { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>What the notice on the wall says besides topic, day and place; at most 500 characters.</summary>
    public string? Announcement { get; init; }

    /// <summary>When it was closed; nothing is added afterwards. Null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
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

    /// <summary>A hash of what it was sent under, so that sending it again makes no second item.</summary>
    public required string Key { get; init; }

    /// <summary>Masked title.</summary>
    public required string Title { get; init; }

    /// <summary>Masked text.</summary>
    public required string Body { get; init; }

    /// <summary>What became of it at the table.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>What was said or promised at the table.</summary>
    public string? Answer { get; init; }

    /// <summary>Who said or promised it: an office or a function, as the minutes call it.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>What is yet to happen with it.</summary>
    public ItemState State { get; init; }

    /// <summary>The submission it became.</summary>
    public string? SubmissionId { get; init; }

    /// <summary>The id of a number.</summary>
    public static string IdOf(int number) => number.ToString("0000", CultureInfo.InvariantCulture);
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

/// <summary>Where an item of a forum stands on its way to a submission.</summary>
public enum ItemState
{
    /// <summary>Is, or is just becoming, a submission.</summary>
    Submitted,

    /// <summary>Cut from minutes and not yet confirmed by the recorder.</summary>
    Draft,

    /// <summary>Cut from minutes, and no matter in the recorder's eyes.</summary>
    Discarded,
}
