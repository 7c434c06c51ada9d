using System.Globalization;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Reports;

namespace OpinionPipeline.Pipeline.Digests;

/// <summary>Makes the digest of an office and a period. Nothing to say, no digest.</summary>
public sealed class DigestMaker(
    IDocumentStore store,
    IssueKeeper issues,
    IssueSummary summary,
    UsedMonths months,
    DigestOptions options,
    Deadlines deadlines,
    TimeProvider time
)
{
    /// <summary>Members of one issue that are read for a digest.</summary>
    private const int MostMembersRead = 200;

    /// <summary>Makes and stores the digest; the same office and period give the same id. Null where there is nothing to say.</summary>
    public async Task<Digest?> MakeAsync(
        string office,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellation
    )
    {
        var id = $"D-{office}-{to.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
        // Once made it stands: an office may already be answering it by its numbers.
        if (
            await store.ReadAsync(Containers.Digests, office, id, cancellation) is { } made
            && made.Document.From == from
            && made.Document.To == to
        )
            return made.Document;
        var items = new List<DigestItem>();
        // Partitions are months of receipt: an old message may have come only now.
        foreach (var month in await months.WithIssuesAsync(cancellation))
        await foreach (
            var issue in store.AllAsync(
                new Query<Issue>(Containers.Issues, "byOffice", month)
                {
                    Equal = [office],
                    MayLag = true,
                },
                cancellation
            )
        )
            if (
                issue.MergedInto is null
                && issue.Count > 0
                && await ItemAsync(issue, from, to, cancellation) is { } item
            )
                items.Add(item);
        if (items.Count == 0)
            return null;

        var digest = new Digest
        {
            Id = id,
            Office = office,
            From = from,
            To = to,
            MadeAt = time.GetUtcNow(),
            Items =
            [
                .. items
                    .OrderBy(i => i.Section)
                    .ThenBy(i => i.Category, StringComparer.Ordinal)
                    .ThenByDescending(i => i.Count)
                    .ThenBy(i => i.IssueId, StringComparer.Ordinal)
                    .Take(options.MostItems)
                    .Select((item, i) => item with { Number = i + 1 }),
            ],
            Left = Math.Max(0, items.Count - options.MostItems),
        };
        await store.WriteAsync(Containers.Digests.Put(digest), cancellation);
        return digest;
    }

    private async Task<DigestItem?> ItemAsync(
        Issue issue,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellation
    )
    {
        var overdue = !issue.IsAnswered && deadlines.EndOf(issue) <= to;
        // What was settled or promised at the table needs nobody's answer.
        if (!issue.Escalates || issue.FirstSeen >= to || issue.LastSeen < from && !overdue)
            return null;
        var (voices, inPeriod) =
            issue.Count == 1
                ? ([issue.Founder], issue.FirstSeen >= from ? 1 : 0)
                : await VoicesAsync(issue, from, to, cancellation);
        if (inPeriod == 0 && !overdue)
            return null;
        return new DigestItem
        {
            Number = 0,
            Section =
                issue.FirstSeen >= from ? DigestSection.New
                : overdue ? DigestSection.Overdue
                : DigestSection.Continuing,
            Category = issue.Category ?? "",
            IssueId = issue.Id,
            Title = issue.Title,
            Summary = await summary.OfAsync(voices, cancellation),
            InPeriod = inPeriod,
            Count = issue.Count,
            Stations = issue.Stations,
            FirstSeen = issue.FirstSeen,
            Recurring = issue.Recurring,
            Reply = issue.Replies.Count > 0 ? issue.Replies[^1] : null,
        };
    }

    // Who spoke of it, and how many in the period.
    private async Task<(IEnumerable<string> Voices, int InPeriod)> VoicesAsync(
        Issue issue,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellation
    )
    {
        var members = await issues.MembersAsync(issue.Id, MostMembersRead, cancellation);
        var inPeriod =
            members.Count < MostMembersRead
                ? members.Count(m => m.SaidAt >= from && m.SaidAt < to)
                : (int)
                    await store.CountAsync(
                        new Query<Member>(Containers.Members, "bySaidAt", issue.Id)
                        {
                            From = from,
                            To = to,
                            MayLag = true,
                        },
                        cancellation
                    );
        return (members.Where(m => m.DuplicateOf is null).Select(m => m.Id), inPeriod);
    }
}
