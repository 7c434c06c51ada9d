using System.Globalization;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Forums;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Accounts;

/// <summary>
/// Reads what a month's account is drawn up from: the month's submissions and issues, the reports that were taken up in
/// it, and by their ids the submissions and forums that these name.
/// </summary>
public sealed class AccountDesk(
    IDocumentStore store,
    CountyDirectory county,
    Deadlines deadlines,
    PointRules rules,
    TimeProvider time
)
{
    /// <summary>Submissions counted at most: ten years of a county in a month.</summary>
    private const int MostSubmissions = 100_000;
    private const int AtOnce = 500;

    /// <summary>A report may be taken up so many years after it was drafted.</summary>
    private const int Years = 3;

    private readonly AccountTally tally = new(county, deadlines, rules);

    /// <summary>The account of the month in which the day lies.</summary>
    public async Task<MonthlyAccount> OfAsync(DateOnly day, CancellationToken cancellation)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        var submissions = await SubmissionsAsync(month, cancellation);
        var cut = submissions.Count > MostSubmissions;
        if (cut)
            submissions.RemoveAt(MostSubmissions);
        var reports = await ReportsAsync(month, submissions, cancellation);
        return tally.Of(
            new(
                month,
                time.GetUtcNow(),
                cut,
                submissions,
                await IssuesAsync(month, submissions, cancellation),
                reports,
                await ForumsAsync(submissions, reports, cancellation)
            )
        );
    }

    // The county's month begins eight hours before the partition's: it has the last hours of one and lacks those of the
    // other.
    private static DateTimeOffset Start(DateOnly month) =>
        new(month, TimeOnly.MinValue, LocalTime.Offset);

    private static string[] Partitions(DateOnly month) =>
        [Months.Of(Start(month.AddMonths(1)).AddTicks(-1)), Months.Of(Start(month))];

    private async Task<List<Counted>> SubmissionsAsync(
        DateOnly month,
        CancellationToken cancellation
    )
    {
        var counted = new List<Counted>();
        foreach (var partition in Partitions(month))
        await foreach (
            var s in store.AllAsync(
                new Query<Counted>(Containers.Submissions.As<Counted>(), "recent", partition)
                {
                    From = Start(month),
                    To = Start(month.AddMonths(1)),
                    Limit = AtOnce,
                    MayLag = true,
                },
                cancellation
            )
        )
        {
            // What was cut into its matters is counted as these.
            if (s.SplitInto.Count > 0)
                continue;
            counted.Add(s);
            if (counted.Count > MostSubmissions)
                return counted;
        }
        return counted;
    }

    // An issue lies in the month of the submission that founded it. Those of the few hours that the county's month has of
    // the partition before are read one by one.
    private async Task<List<CountedIssue>> IssuesAsync(
        DateOnly month,
        List<Counted> submissions,
        CancellationToken cancellation
    )
    {
        var founders = submissions.Select(s => s.Id).ToHashSet();
        var (main, before) = (Partitions(month)[0], Partitions(month)[1]);
        var all = Containers.Issues.As<CountedIssue>();
        var issues = new List<CountedIssue>();
        await foreach (
            var issue in store.AllAsync(
                new Query<CountedIssue>(all, "recent", main) { Limit = AtOnce, MayLag = true },
                cancellation
            )
        )
            if (founders.Contains(Issue.FounderOf(issue.Id)))
                issues.Add(issue);
        foreach (var s in submissions.Where(s => SubmissionId.Partition(s.Id) == before))
            if (await store.ReadAsync(all, before, "I" + s.Id, cancellation) is { } stored)
                issues.Add(stored.Document);
        return [.. issues.Where(i => i.MergedInto is null && i.Count > 0)];
    }

    private async Task<List<SourcedReport>> ReportsAsync(
        DateOnly month,
        List<Counted> submissions,
        CancellationToken cancellation
    )
    {
        var known = submissions.ToDictionary(s => s.Id, s => tally.OriginOf(s.Station, s.Forum));
        var reports = new List<SourcedReport>();
        for (var year = month.Year; year > month.Year - Years; year--)
            await foreach (
                var report in store.AllAsync(
                    new Query<Report>(
                        Containers.Reports,
                        "byMonth",
                        year.ToString(CultureInfo.InvariantCulture)
                    )
                    {
                        AnyOf = [Report.MonthOf(month)],
                        MayLag = true,
                    },
                    cancellation
                )
            )
            {
                var sources = new List<Origin>();
                foreach (var id in report.Sources)
                {
                    if (
                        !known.TryGetValue(id, out var origin)
                        && await store.SubmissionAsync(id, cancellation) is { } s
                    )
                        known[id] = origin = tally.OriginOf(s.Station, s.Forum);
                    if (origin is not null)
                        sources.Add(origin);
                }
                reports.Add(new(report, sources));
            }
        return reports;
    }

    private async Task<Dictionary<string, Forum>> ForumsAsync(
        List<Counted> submissions,
        List<SourcedReport> reports,
        CancellationToken cancellation
    )
    {
        var forums = new Dictionary<string, Forum>();
        var named = submissions
            .Select(s => s.Forum)
            .Concat(reports.SelectMany(r => r.Sources).Select(s => s.Forum));
        foreach (var id in named.OfType<string>().Distinct())
            if (
                await store.ReadAsync(
                    Containers.Forums,
                    SubmissionId.Partition(id),
                    id,
                    cancellation
                ) is
                { } stored
            )
                forums[id] = stored.Document;
        return forums;
    }
}
