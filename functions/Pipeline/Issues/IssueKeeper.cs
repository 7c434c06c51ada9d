using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>Keeps what an issue says of itself in step with its members, and notices when it becomes recurring.</summary>
public sealed class IssueKeeper(
    IDocumentStore store,
    IMessageQueue queue,
    CountyDirectory county,
    RecurrenceRules rules
)
{
    /// <summary>Members read at most to title and count an issue; beyond, the newest ones no longer change what it is.</summary>
    public const int MostMembersRead = 2_000;

    /// <summary>Follows signposts to the issue that now holds the members; null where there is none.</summary>
    public async Task<Issue?> FindAsync(string issueId, CancellationToken cancellation)
    {
        for (var hops = 0; hops < 32; hops++)
        {
            var stored = await store.ReadAsync(
                Containers.Issues,
                Submissions.SubmissionId.Partition(issueId),
                issueId,
                cancellation
            );
            if (stored?.Document.MergedInto is not { } next)
                return stored?.Document;
            issueId = next;
        }
        throw new InvalidOperationException($"Issue {issueId}: its signposts lead in a circle.");
    }

    /// <summary>All members, at most <see cref="MostMembersRead"/>, in the order they were said.</summary>
    public async Task<List<Member>> MembersAsync(string issueId, CancellationToken cancellation)
    {
        var members = new List<Member>();
        await foreach (
            var member in store.AllAsync(
                new Query<Member>(Containers.Members, "bySaidAt", issueId) { Limit = 500 },
                cancellation
            )
        )
        {
            members.Add(member);
            if (members.Count == MostMembersRead)
                break;
        }
        return members;
    }

    /// <summary>Counts the members and writes what follows from them; creates the issue where it is new.</summary>
    public async Task<Issue?> RefreshAsync(
        string issueId,
        Func<Issue, Issue>? alter,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            var partition = Submissions.SubmissionId.Partition(issueId);
            var stored = await store.ReadAsync(Containers.Issues, partition, issueId, cancellation);
            // Read after the issue, so that the ETag guards against members counted too early.
            var members = await MembersAsync(issueId, cancellation);
            if (members.Count == 0 && stored is null)
                return null;
            var count =
                members.Count < MostMembersRead
                    ? members.Count
                    : (int)
                        await store.CountAsync(
                            new Query<Member>(Containers.Members, "bySaidAt", issueId),
                            cancellation
                        );
            var before = stored?.Document;
            var issue = Describe(before, issueId, members, count);
            if (alter is not null)
                issue = alter(issue);
            if (before is not null && Same(before, issue))
                return before;
            var written = await store.WriteAsync(
                stored is null
                    ? Containers.Issues.Create(issue)
                    : Containers.Issues.Replace(issue, stored.ETag),
                cancellation
            );
            if (!written.IsDone)
                continue;
            if (issue.Pending is { } owed && before?.Pending is null)
                await queue.SendAsync(owed, [issueId], TimeSpan.Zero, cancellation);
            return issue;
        }
    }

    private Issue Describe(Issue? before, string issueId, List<Member> members, int count)
    {
        if (members.Count == 0)
            return before! with
            {
                Count = 0,
                Distinct = 0,
                Reporters = 0,
                Stations = [],
                Recurring = false,
            };

        var first = members[0];
        var distinct = members.Where(m => m.DuplicateOf is null).ToList();
        var category = Mode(members.Select(m => m.Category));
        var since = rules.Since(category, members);
        var recurring = since is not null;
        var lastSeen = members[^1].SaidAt;
        if (before is not null && count > members.Count && before.LastSeen > lastSeen)
            lastSeen = before.LastSeen;

        // A settled matter that is spoken of again is open again, and says so.
        var status = before?.Status ?? IssueStatus.Open;
        if (
            status == IssueStatus.Settled
            && before!.Replies is { Count: > 0 } replies
            && members.Any(m => m.SaidAt > replies[^1].At && m.DuplicateOf is null)
        )
            status = IssueStatus.Reopened;

        return (
            before
            ?? new Issue
            {
                Id = issueId,
                Title = first.Title,
                FirstSeen = first.SaidAt,
                LastSeen = lastSeen,
            }
        ) with
        {
            Title = IssueTitle.Choose([
                .. (distinct.Count > 0 ? distinct : members).Select(m => m.Title),
            ]),
            Count = count,
            Distinct = distinct.Count,
            Reporters = distinct.Select(m => m.ReporterTag ?? m.Id).Distinct().Count(),
            Stations = [.. members.Select(m => m.Station).Distinct().Take(200)],
            FirstSeen = first.SaidAt,
            LastSeen = lastSeen,
            Recurring = recurring,
            RecurringSince = since,
            Category = category,
            Office =
                before?.Category == category && before?.Office is { } kept
                    ? kept
                    : county.OfficeFor(category),
            Place = Mode(members.Select(m => m.Place)),
            Status = status,
            // A report is owed once an issue becomes recurring; a draft grows with its issue.
            Pending =
                recurring && (before is null || !before.Recurring || Grown(before.Drafted, count))
                    ? QueueNames.Reports
                    : before?.Pending,
        };
    }

    // A draft is drawn up again each time the issue has grown by a tenth.
    private static bool Grown(int drafted, int now) =>
        now > drafted && (now - drafted) * 10 >= drafted;

    private static string? Mode(IEnumerable<string?> values) =>
        values
            .OfType<string>()
            .GroupBy(v => v)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .FirstOrDefault()
            ?.Key;

    private static bool Same(Issue a, Issue b) =>
        System.Text.Json.JsonSerializer.Serialize(a, DocumentJson.Options)
        == System.Text.Json.JsonSerializer.Serialize(b, DocumentJson.Options);
}
