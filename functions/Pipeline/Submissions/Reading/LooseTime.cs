using System.Globalization;
using System.Text.RegularExpressions;
using OpinionPipeline.Pipeline.County;

namespace OpinionPipeline.Pipeline.Submissions.Reading;

/// <summary>Times as people and spreadsheets write them, in China's one time zone where none is given.</summary>
public static partial class LooseTime
{
    /// <summary>The time, or null. <paramref name="year"/> completes dates such as 5月 or 5月12日.</summary>
    public static DateTimeOffset? Parse(string text, int? year)
    {
        text = text.Trim();
        if (Zoned().IsMatch(text))
            return DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var exact
            )
                ? exact
                : null;
        if (Numeric().Match(text) is { Success: true } numeric)
            return At(
                Part(numeric, 1),
                Part(numeric, 2),
                Part(numeric, 3),
                Part(numeric, 4),
                Part(numeric, 5),
                Part(numeric, 6)
            );
        if (
            Chinese().Match(text) is { Success: true } chinese
            && (chinese.Groups[1].Success || year is not null)
        )
            return At(
                chinese.Groups[1].Success ? Part(chinese, 1) : year!.Value,
                Part(chinese, 2),
                chinese.Groups[3].Success ? Part(chinese, 3) : 1,
                Part(chinese, 4),
                Part(chinese, 5),
                0
            );
        // The day number of a spreadsheet (1900 system): 36526 is 2000-01-01.
        if (
            double.TryParse(
                text,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var serial
            ) && serial is > 20_000 and < 80_000
        )
            return new DateTimeOffset(DateTime.FromOADate(serial), LocalTime.Offset);
        return null;
    }

    private static int Part(Match match, int group) =>
        match.Groups[group].Success
            ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture)
            : 0;

    private static DateTimeOffset? At(
        int year,
        int month,
        int day,
        int hour,
        int minute,
        int second
    )
    {
        if (
            month is < 1 or > 12
            || year is < 1900 or > 9000
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour > 23
            || minute > 59
            || second > 59
        )
            return null;
        return new DateTimeOffset(year, month, day, hour, minute, second, LocalTime.Offset);
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$")]
    private static partial Regex Zoned();

    [GeneratedRegex(
        @"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)?$"
    )]
    private static partial Regex Numeric();

    [GeneratedRegex(
        @"^(?:(\d{4})年)?\s*(\d{1,2})月(?:份|(\d{1,2})[日号]?)?(?:\s*(\d{1,2})[:时点](\d{1,2})?分?)?$"
    )]
    private static partial Regex Chinese();
}
