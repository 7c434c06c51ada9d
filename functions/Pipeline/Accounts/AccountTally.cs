using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Forums;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Accounts;

/// <summary>What is counted of a submission.</summary>
internal sealed record Counted : IDocument
{
    public required string Id { get; init; }
    public string Partition => SubmissionId.Partition(Id);
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string Station { get; init; }
    public string? Forum { get; init; }
    public Channel Channel { get; init; }
    public string? Category { get; init; }
    public string? DuplicateOf { get; init; }
    public IReadOnlyList<string> SplitInto { get; init; } = [];
    public bool Repeats => DuplicateOf is not null;
    public DateOnly On => LocalTime.DayOf(ReceivedAt);
}

/// <summary>What is counted of an issue.</summary>
internal sealed record CountedIssue : IDocument
{
    public required string Id { get; init; }
    public string Partition => SubmissionId.Partition(Id);
    public required DateTimeOffset FirstSeen { get; init; }
    public required string Title { get; init; }
    public int Count { get; init; }
    public string? MergedInto { get; init; }
    public string? Office { get; init; }
    public bool Escalates { get; init; } = true;
    public IssueStatus Status { get; init; }
    public IReadOnlyList<Answer> Replies { get; init; } = [];

    /// <summary>An answer by its moment alone.</summary>
    public sealed record Answer(DateTimeOffset At);
}

/// <summary>A report with where what stands in it was said.</summary>
internal sealed record SourcedReport(Report Report, IReadOnlyList<Origin> Sources);

/// <summary>What a month's account is drawn up from.</summary>
internal sealed record MonthsPapers(
    DateOnly Month,
    DateTimeOffset Now,
    bool Cut,
    IReadOnlyList<Counted> Submissions,
    IReadOnlyList<CountedIssue> Issues,
    IReadOnlyList<SourcedReport> Reports,
    IReadOnlyDictionary<string, Forum> Forums
);

/// <summary>Draws up a month's account. Pure: the same papers give the same account.</summary>
internal sealed class AccountTally(CountyDirectory county, Deadlines deadlines, PointRules rules)
{
    public MonthlyAccount Of(MonthsPapers papers)
    {
        var all = papers.Submissions;
        var taken = papers.Reports.SelectMany(r => TakenOf(r, papers.Month)).ToList();
        var gains = Points.Of(
            rules,
            all.Where(s => !s.Repeats)
                .Select(s => new SubmittedItem(OriginOf(s.Station, s.Forum), s.On)),
            taken.Select(t => t.Event)
        );
        var stations = Stations(all, taken, gains);
        var standing = papers.Issues.Select(i => (Issue: i, Is: Standing(i, papers.Now))).ToList();
        return new()
        {
            Month = papers.Month,
            AsOf = papers.Now,
            Cut = papers.Cut,
            All = Sum("", all),
            Channels = By(all, s => s.Channel.ToString()),
            Categories = By(all, s => s.Category is { Length: >= 2 } c ? c[..2] : ""),
            Townships = By(all, s => county.Station(s.Station)?.Township ?? ""),
            Offices =
            [
                .. standing
                    .GroupBy(s => s.Is.Office, s => s.Is)
                    .Select(g => g.Aggregate((sum, issue) => sum.Plus(issue)))
                    .OrderByDescending(h => h.Issues)
                    .ThenBy(h => h.Office, StringComparer.Ordinal),
            ],
            Overdue =
            [
                .. standing
                    .Where(s => s.Is.Overdue > 0)
                    .Select(s => s.Issue)
                    .OrderBy(i => i.FirstSeen)
                    .ThenBy(i => i.Id, StringComparer.Ordinal)
                    .Select(i => new Unanswered(
                        i.Id,
                        i.Title,
                        i.Office ?? "",
                        deadlines.ReplyBy(i.FirstSeen)
                    )),
            ],
            Reports =
            [
                .. taken
                    .Select(t => t.Line)
                    .OrderBy(t => t.On)
                    .ThenBy(t => t.Level is null)
                    .ThenBy(t => t.Level)
                    .ThenBy(t => t.Report, StringComparer.Ordinal),
            ],
            Stations = stations,
            SilentStations = county
                .Stations.Select(s => s.Code)
                .Except(all.Select(s => s.Station))
                .Count(code => OriginOf(code, null).Earns),
            Forums = Forums(all, gains, papers.Forums),
            HasPoints = rules.Any,
        };
    }

    /// <summary>A board on the internet is nobody's work: it earns nothing, and is not silent either.</summary>
    public Origin OriginOf(string station, string? forum) =>
        new(station, forum, county.Station(station)?.Kind is not "online");

    private Handled Standing(CountedIssue issue, DateTimeOffset now)
    {
        var none = new Handled(issue.Office ?? "", 0, 0, 0, 0, 0);
        return !issue.Escalates ? none with { AtTable = 1 }
            : Issue.Answered(issue.Replies.Count, issue.Status)
                ? LocalTime.DayOf(issue.Replies[0].At) <= deadlines.ReplyBy(issue.FirstSeen)
                        ? none with
                        {
                            InTime = 1,
                        }
                    : none with { Late = 1 }
            : deadlines.EndOf(issue.FirstSeen) > now ? none with { Waiting = 1 }
            : none with { Overdue = 1 };
    }

    private static IEnumerable<(Taken Line, TakenUp Event)> TakenOf(
        SourcedReport sourced,
        DateOnly month
    )
    {
        var (report, sources) = sourced;
        List<string> stations = [.. sources.Select(s => s.Station).Distinct()];
        foreach (var a in report.Adoptions.Where(a => Inside(a.On)))
            yield return (
                new(report.Id, report.Number, report.Title, a.Level, a.Combined, a.On, stations),
                new(TakenUp.EventOf(a.Level), a.On, a.Combined, sources)
            );
        foreach (var on in report.Instructions.Select(i => LocalTime.DayOf(i.At)).Where(Inside))
            yield return (
                new(report.Id, report.Number, report.Title, null, false, on, stations),
                new(PointEvent.Instruction, on, false, sources)
            );

        bool Inside(DateOnly day) => (day.Year, day.Month) == (month.Year, month.Month);
    }

    private static List<StationLine> Stations(
        IReadOnlyList<Counted> all,
        List<(Taken Line, TakenUp Event)> taken,
        IReadOnlyList<PointGain> gains
    )
    {
        var said = all.ToLookup(s => s.Station);
        var gained = gains.ToLookup(g => g.Station);
        return
        [
            .. said.Select(g => g.Key)
                .Concat(taken.SelectMany(t => t.Line.Stations))
                .Distinct()
                .Select(code => new StationLine(
                    code,
                    said[code].Count(),
                    said[code].Count(s => s.Repeats),
                    taken.Count(t => t.Line.Level is not null && t.Line.Stations.Contains(code)),
                    taken.Count(t => t.Line.Level is null && t.Line.Stations.Contains(code)),
                    Points.OfStation(gained[code], code)
                ))
                .OrderByDescending(s => s.Points)
                .ThenByDescending(s => s.Count)
                .ThenBy(s => s.Station, StringComparer.Ordinal),
        ];
    }

    private static List<ForumLine> Forums(
        IReadOnlyList<Counted> all,
        IReadOnlyList<PointGain> gains,
        IReadOnlyDictionary<string, Forum> forums
    )
    {
        var gained = gains.ToLookup(g => g.Forum);
        return
        [
            .. forums
                .Values.Select(f => new ForumLine(
                    f.Id,
                    f.Title,
                    f.HeldOn,
                    f.Station,
                    all.Count(s => s.Forum == f.Id),
                    Points.OfForum(gained[f.Id], f.Id)
                ))
                .OrderBy(f => f.HeldOn)
                .ThenBy(f => f.Forum, StringComparer.Ordinal),
        ];
    }

    private static List<CameIn> By(IReadOnlyList<Counted> all, Func<Counted, string> key) =>
        [
            .. all.GroupBy(key)
                .Select(g => Sum(g.Key, g))
                .OrderByDescending(c => c.Count)
                .ThenBy(c => c.Key, StringComparer.Ordinal),
        ];

    private static CameIn Sum(string key, IEnumerable<Counted> some) =>
        new(key, some.Count(), some.Count(s => s.Repeats));
}
