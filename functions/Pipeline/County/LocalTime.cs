using System.Globalization;

namespace OpinionPipeline.Pipeline.County;

/// <summary>The county's clock: China has one time zone and no summer time.</summary>
public static class LocalTime
{
    /// <summary>UTC+8.</summary>
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(8);

    /// <summary>The county's day of a moment.</summary>
    public static DateOnly DayOf(DateTimeOffset time) =>
        DateOnly.FromDateTime(time.ToOffset(Offset).DateTime);

    /// <summary>The day as 2026年11月23日.</summary>
    public static string Day(DateTimeOffset time) =>
        time.ToOffset(Offset).ToString("yyyy'年'M'月'd'日'", CultureInfo.InvariantCulture);
}
