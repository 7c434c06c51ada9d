using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Privacy;

namespace OpinionPipeline.Pipeline.County;

/// <summary>
/// What holds in one file alone, told line by line and in both languages. The readers know it too and have the last word;
/// they stop at the first fault and speak English.
/// </summary>
internal static class CountyRules
{
    private static readonly Dictionary<string, int> MostDays = new()
    {
        ["reply"] = DigestOptions.MostReplyDays,
        ["handBack"] = DigestOptions.MostHandBackDays,
        ["decide"] = DigestOptions.MostHandBackDays,
        ["private"] = RetentionOptions.MostPrivateDays,
    };

    /// <summary>The faults of a file's lines.</summary>
    /// <param name="table">The file.</param>
    /// <param name="categories">The codes of the taxonomy.</param>
    public static IEnumerable<CountyFault> Faults(
        CountyTable table,
        IReadOnlySet<string> categories
    ) =>
        table.Sheet == CountySheets.Limits ? Limits(table)
        : table.Sheet == CountySheets.Points ? Points(table)
        : table.Sheet == CountySheets.Changes ? Changes(table, categories)
        : [];

    private static IEnumerable<CountyFault> Limits(CountyTable table)
    {
        foreach (var line in table.Lines)
            if (
                MostDays.TryGetValue(line["limit"], out var most)
                && int.TryParse(line["days"], out var days)
                && days > most
            )
                yield return Fault(
                    table,
                    line,
                    "days",
                    $"超出范围，最多 {most} 天",
                    $"is out of range, at most {most}"
                );
    }

    // What a rule never looks at is refused: whoever wrote it there expects something of it.
    private static IEnumerable<CountyFault> Points(CountyTable table)
    {
        foreach (var line in table.Lines)
        foreach (
            var (column, unused) in new[]
            {
                ("combined", line["event"] is "submitted" or "instruction"),
                ("joint", line["event"] is "submitted"),
            }
        )
            if (unused && line[column].Length > 0)
                yield return Fault(
                    table,
                    line,
                    column,
                    "对这一种没有意义，请留空",
                    $"has no meaning for {line["event"]}; leave it empty"
                );
    }

    private static IEnumerable<CountyFault> Changes(
        CountyTable table,
        IReadOnlySet<string> categories
    )
    {
        var lines = table.Lines.OrderBy(l => l["on"], StringComparer.Ordinal).ToList();
        foreach (var (i, line) in lines.Index())
        {
            var to = line["to"].Split('|', StringSplitOptions.RemoveEmptyEntries);
            foreach (var target in to)
                if (
                    !categories.Contains(target)
                    && !lines
                        .Skip(i + 1)
                        .Any(later =>
                            later["code"].Length > 0
                            && target.StartsWith(later["code"], StringComparison.Ordinal)
                        )
                )
                    yield return Fault(
                        table,
                        line,
                        "to",
                        $"没有类别 {target}",
                        $"names {target}, which is not in {CountySheets.Taxonomy.File}"
                    );
            if (to is [var merged] && merged != line["code"] && categories.Contains(line["code"]))
                yield return Fault(
                    table,
                    line,
                    "code",
                    $"已并入 {merged}，类别表里却还有",
                    $"was merged into {merged} and is still in {CountySheets.Taxonomy.File}"
                );
        }
    }

    private static CountyFault Fault(
        CountyTable table,
        CountyLine line,
        string column,
        string zh,
        string en
    ) => new(table.Sheet.File, line.Number, column, line[column], zh, en);
}
