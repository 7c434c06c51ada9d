using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>共性问题: the recurring issues, and what they come to over time, by township and by category.</summary>
public sealed class RecurringOverview(UsedMonths months, CountyDirectory county, TimeProvider time)
{
    /// <summary>Issues counted at most, those of the newest months first.</summary>
    private const int MostIssues = 2_000;

    /// <summary>Months that are shown.</summary>
    public const int Shown = 12;

    /// <summary>All recurring issues, the last spoken of first, with their figures.</summary>
    public async Task<RecurringFigures> OfAsync(CancellationToken cancellation)
    {
        var issues = new List<Issue>();
        await foreach (var issue in months.IssuesAsync("byRecurring", cancellation))
        {
            if (issues.Count == MostIssues)
                break;
            if (issue.MergedInto is null)
                issues.Add(issue);
        }
        issues.Sort((a, b) => b.LastSeen.CompareTo(a.LastSeen));

        var last = LocalTime.DayOf(time.GetUtcNow());
        var first = new DateOnly(last.Year, last.Month, 1).AddMonths(1 - Shown);
        var columns = Enumerable.Range(0, Shown).Select(first.AddMonths).ToList();
        return new(
            issues,
            columns,
            ByMonth(issues, columns),
            [
                .. county
                    .Townships.Select(t => new TownshipFigure(
                        t,
                        issues.Count(i =>
                            i.Stations.Any(s => county.Station(s)?.Township == t.Code)
                        )
                    ))
                    .Where(t => t.Issues > 0)
                    .OrderByDescending(t => t.Issues),
            ],
            [
                .. issues
                    .GroupBy(i => i.Category is { Length: >= 2 } c ? c[..2] : "")
                    .Select(g => new CategoryFigure(
                        county.Category(g.Key),
                        ByMonth(g, columns),
                        g.Count()
                    ))
                    .OrderByDescending(c => c.Issues),
            ]
        );
    }

    private static List<int> ByMonth(IEnumerable<Issue> issues, List<DateOnly> columns)
    {
        var since = issues
            .Select(i => LocalTime.DayOf(i.RecurringSince ?? i.LastSeen))
            .CountBy(d => new DateOnly(d.Year, d.Month, 1))
            .ToDictionary();
        return [.. columns.Select(c => since.GetValueOrDefault(c))];
    }
}

/// <summary>Recurring issues and their figures.</summary>
/// <param name="Issues">The last spoken of first.</param>
/// <param name="Months">The first days of the months shown, the earliest first.</param>
/// <param name="Became">How many became recurring in each.</param>
/// <param name="Townships">From how many townships' stations; an issue counts in each.</param>
/// <param name="Categories">The same by first-level category.</param>
public sealed record RecurringFigures(
    IReadOnlyList<Issue> Issues,
    IReadOnlyList<DateOnly> Months,
    IReadOnlyList<int> Became,
    IReadOnlyList<TownshipFigure> Townships,
    IReadOnlyList<CategoryFigure> Categories
);

/// <summary>Recurring issues that stations of a township forwarded.</summary>
public sealed record TownshipFigure(Township Township, int Issues);

/// <summary>Recurring issues of a category: how many became so in each month shown, and in all.</summary>
public sealed record CategoryFigure(Category? Category, IReadOnlyList<int> Became, int Issues);
