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
    DigestOptions options,
    TimeProvider time
)
{
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
        foreach (var month in Months.Back(time.GetUtcNow()))
        await foreach (
            var issue in store.AllAsync(
                new Query<Issue>(Containers.Issues, "byOffice", month) { Equal = [office] },
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
        if (issue.FirstSeen >= to)
            return null;
        var members = await issues.MembersAsync(issue.Id, cancellation);
        // What was settled or promised at the table needs nobody's answer.
        if (!members.Exists(m => m.Escalates))
            return null;
        var inPeriod = members.Count(m => m.SaidAt >= from && m.SaidAt < to);
        var answered = issue.Replies.Count > 0 && issue.Status != IssueStatus.Reopened;
        var overdue = !answered && issue.FirstSeen.AddDays(options.ReplyDays) <= to;
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
            Summary = await summary.OfAsync(members, cancellation),
            InPeriod = inPeriod,
            Count = issue.Count,
            Stations = issue.Stations,
            FirstSeen = issue.FirstSeen,
            Recurring = issue.Recurring,
            Reply = issue.Replies.Count > 0 ? issue.Replies[^1] : null,
        };
    }
}
