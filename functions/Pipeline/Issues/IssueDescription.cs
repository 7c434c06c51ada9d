using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>What an issue says of itself, told from its members. Pure: the same members always give the same answer.</summary>
public sealed class IssueDescription(CountyDirectory county, RecurrenceRules rules)
{
    private const int MostStations = 200;

    /// <summary>Describes an issue anew.</summary>
    /// <param name="before">As it was; null where it is new.</param>
    /// <param name="issueId">Its id.</param>
    /// <param name="members">Its members in the order they were said, all of them or the first of very many.</param>
    /// <param name="count">How many there are in all.</param>
    public Issue Of(Issue? before, string issueId, IReadOnlyList<Member> members, int count)
    {
        if (members.Count == 0)
            return before! with
            {
                Count = 0,
                Described = 0,
                Distinct = 0,
                Reporters = 0,
                Stations = [],
                Recurring = false,
            };

        var first = members[0];
        var distinct = members.Where(m => m.DuplicateOf is null).ToList();
        var category = Mode(members.Select(m => m.Category));
        var finer = Finer(category, members);
        var since = rules.Since(finer ?? category, members);
        var lastSeen = members[^1].SaidAt;
        if (before is not null && count > members.Count && before.LastSeen > lastSeen)
            lastSeen = before.LastSeen;
        var issue =
            before
            ?? new Issue
            {
                Id = issueId,
                Title = first.Title,
                FirstSeen = first.SaidAt,
                LastSeen = lastSeen,
            };
        return issue with
        {
            Title = IssueTitle.Choose([
                .. (distinct.Count > 0 ? distinct : members).Select(m => m.Title),
            ]),
            Count = count,
            Described = count,
            Distinct = distinct.Count,
            Reporters = distinct.Select(m => m.ReporterTag ?? m.Id).Distinct().Count(),
            Stations = [.. members.Select(m => m.Station).Distinct().Take(MostStations)],
            FirstSeen = first.SaidAt,
            LastSeen = lastSeen,
            Recurring = since is not null,
            RecurringSince = since,
            Category = category,
            Finer = finer,
            Office =
                (
                    (before?.Category == category && before?.Finer == finer)
                    || before?.RoutedAt is not null
                ) && before?.Office is { } kept
                    ? kept
                    : county.OfficeFor(finer ?? category),
            Place = Mode(members.Select(m => m.Place)),
            Escalates = members.Any(m => m.Escalates),
            Status = members.Any(m => Reopens(issue, m)) ? IssueStatus.Reopened : issue.Status,
            // A report is owed once an issue becomes recurring; a draft grows with its issue.
            Pending =
                since is not null && (before is not { Recurring: true } || Grown(issue, count))
                    ? QueueNames.Reports
                    : issue.Pending,
        };
    }

    /// <summary>
    /// The same issue with one member more, the others unread: what does not need them is exact, the rest is told when
    /// the issue has grown by a tenth. So an issue of thousands costs no more to join than one of twenty.
    /// </summary>
    public static Issue Joined(Issue before, Member member, int count) =>
        before with
        {
            Count = count,
            Stations =
                before.Stations.Contains(member.Station) || before.Stations.Count == MostStations
                    ? before.Stations
                    : [.. before.Stations, member.Station],
            FirstSeen = member.SaidAt < before.FirstSeen ? member.SaidAt : before.FirstSeen,
            LastSeen = member.SaidAt > before.LastSeen ? member.SaidAt : before.LastSeen,
            Escalates = before.Escalates || member.Escalates,
            Status = Reopens(before, member) ? IssueStatus.Reopened : before.Status,
            Pending =
                before.Recurring && Grown(before, count) ? QueueNames.Reports : before.Pending,
        };

    // A settled matter that is spoken of again is open again, and says so.
    private static bool Reopens(Issue issue, Member member) =>
        issue is { Status: IssueStatus.Settled, Replies: [.., var last] }
        && member.SaidAt > last.At
        && member.DuplicateOf is null;

    // A draft is drawn up again each time the issue has grown by a tenth.
    private static bool Grown(Issue issue, int now) =>
        now > issue.Drafted && (now - issue.Drafted) * 10 >= issue.Drafted;

    // What more than half of those members say whose category is sure to be a finer one below the issue's. Who is not sure
    // says nothing: of one matter the others speak too.
    private static string? Finer(string? category, IReadOnlyList<Member> members)
    {
        if (category is null)
            return null;
        var sure = members
            .Select(m => m.Finer ?? m.Category)
            .OfType<string>()
            .Where(c =>
                c.Length > category.Length && c.StartsWith(category, StringComparison.Ordinal)
            )
            .ToList();
        var most = Mode(sure);
        return sure.Count(c => c == most) * 2 > sure.Count ? most : null;
    }

    private static string? Mode(IEnumerable<string?> values) =>
        values
            .OfType<string>()
            .GroupBy(v => v)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .FirstOrDefault()
            ?.Key;
}
