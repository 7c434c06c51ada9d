using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Issues;

namespace OpinionPipeline.Pipeline.Digests;

/// <summary>办理时限: until when something is to be done, in the county's working days.</summary>
public sealed class Deadlines(WorkingDays days, DigestOptions options)
{
    /// <summary>The last day for an issue's answer, counted from when it was first spoken of.</summary>
    public DateOnly ReplyBy(Issue issue) => ReplyBy(issue.FirstSeen);

    /// <summary>The same for what was first spoken of then.</summary>
    public DateOnly ReplyBy(DateTimeOffset firstSeen) =>
        days.After(LocalTime.DayOf(firstSeen), options.ReplyDays);

    /// <summary>The moment from which an issue without an answer is overdue: the end of that day.</summary>
    public DateTimeOffset EndOf(Issue issue) => EndOf(issue.FirstSeen);

    /// <summary>The same for what was first spoken of then.</summary>
    public DateTimeOffset EndOf(DateTimeOffset firstSeen) =>
        Midnight(ReplyBy(firstSeen).AddDays(1));

    /// <summary>What was first spoken of before this moment is overdue now, if it has no answer.</summary>
    public DateTimeOffset OverdueSince(DateTimeOffset now) =>
        Midnight(days.RunOut(LocalTime.DayOf(now), options.ReplyDays).AddDays(1));

    /// <summary>The last day to hand back what came to an office at that moment.</summary>
    public DateOnly HandBackBy(DateTimeOffset came) =>
        days.After(LocalTime.DayOf(came), options.HandBackDays);

    /// <summary>The last day to decide on what was handed back at that moment.</summary>
    public DateOnly DecideBy(DateTimeOffset at) =>
        days.After(LocalTime.DayOf(at), options.DecideDays);

    private static DateTimeOffset Midnight(DateOnly day) =>
        new(day, TimeOnly.MinValue, LocalTime.Offset);
}
