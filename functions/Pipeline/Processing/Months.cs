using System.Globalization;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>The partitions of what arrives: months (UTC) as <c>202611</c>.</summary>
public static class Months
{
    /// <summary>How far back lists and sweeps look, in months.</summary>
    public const int Kept = 36;

    /// <summary>The newest months in which something may still be founded: the present one and, at midnight, the one before.</summary>
    public const int Open = 2;

    /// <summary>The month of a time.</summary>
    public static string Of(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture);

    /// <summary>So many months, the newest first.</summary>
    public static IEnumerable<string> Back(DateTimeOffset from, int months = Kept)
    {
        var first = new DateTimeOffset(
            from.UtcDateTime.Year,
            from.UtcDateTime.Month,
            1,
            0,
            0,
            0,
            TimeSpan.Zero
        );
        for (var i = 0; i < months; i++)
            yield return Of(first.AddMonths(-i));
    }
}
