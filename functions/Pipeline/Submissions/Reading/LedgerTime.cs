using System.Globalization;
using System.Text.RegularExpressions;

namespace OpinionPipeline.Pipeline.Submissions.Reading;

/// <summary>
/// The times of one table. Ledgers write 5月 or 5月12日: the year is that of the table's title or of the row before,
/// else the last one in which that day has already been, and then the sender is told so once.
/// </summary>
internal sealed partial class LedgerTime(DateOnly today)
{
    private int? year;
    private bool told;

    /// <summary>Looks for a year in a row above the header, such as 2026年社情民意信息台账.</summary>
    public void Above(IReadOnlyList<string> fields)
    {
        if (Titled().Match(string.Concat(fields)) is { Success: true } title)
            year = int.Parse(title.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>The time of a cell, or null where it is none.</summary>
    public DateTimeOffset? Read(string text, List<Rejection> notices)
    {
        var at = LooseTime.Parse(text, year);
        if (at is null && year is null)
        {
            at = LooseTime.Parse(text, today.Year);
            if (at is { } guess && DateOnly.FromDateTime(guess.DateTime) > today)
                at = LooseTime.Parse(text, today.Year - 1);
            if (at is not null && !told)
            {
                told = true;
                notices.Add(
                    new(
                        "time.yearGuessed",
                        "time",
                        $"日期“{text.Trim()}”没有年份，按 {at.Value.Year} 年处理，其后各行同此。",
                        $"The date '{text.Trim()}' has no year; {at.Value.Year} was taken, in the rows after it too."
                    )
                );
            }
        }
        year = at?.Year ?? year;
        return at;
    }

    [GeneratedRegex(@"(20\d{2})\s*年")]
    private static partial Regex Titled();
}
