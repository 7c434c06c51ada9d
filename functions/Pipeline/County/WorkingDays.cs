namespace OpinionPipeline.Pipeline.County;

/// <summary>
/// 工作日: Monday to Friday, but for the holidays and the make-up days (调休上班) that the State Council publishes each
/// year and <c>holidays.csv</c> lists. A year that is not listed has its weekends alone.
/// </summary>
public sealed class WorkingDays(IReadOnlyDictionary<DateOnly, DayKind> exceptions)
{
    private volatile IReadOnlyDictionary<DateOnly, DayKind> exceptions = exceptions;

    /// <summary>Weekends and nothing else.</summary>
    public static WorkingDays WeekendsOnly => new(new Dictionary<DateOnly, DayKind>());

    /// <summary>True where offices work on that day.</summary>
    public bool Is(DateOnly day) =>
        exceptions.TryGetValue(day, out var kind)
            ? kind == DayKind.Workday
            : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The last day of a time limit: the day itself does not count, and holidays do not.</summary>
    public DateOnly After(DateOnly day, int count)
    {
        for (var left = count; left > 0; )
        {
            day = day.AddDays(1);
            if (Is(day))
                left--;
        }
        return day;
    }

    /// <summary>The latest day from which a limit of so many working days has run out before <paramref name="today"/>.</summary>
    public DateOnly RunOut(DateOnly today, int count)
    {
        var day = today.AddDays(-1);
        while (After(day, count) >= today)
            day = day.AddDays(-1);
        return day;
    }

    /// <summary>From now on this is the other; see <see cref="CountyDirectory"/>.</summary>
    internal void Become(WorkingDays other) => exceptions = other.exceptions;
}

/// <summary>What the calendar of a year says of a day, against its weekday.</summary>
public enum DayKind
{
    /// <summary>Free, though it may be a weekday.</summary>
    Holiday,

    /// <summary>Worked, though it is a Saturday or Sunday.</summary>
    Workday,
}
