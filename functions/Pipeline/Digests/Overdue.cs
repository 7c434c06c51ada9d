using System.Diagnostics.Metrics;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;

namespace OpinionPipeline.Pipeline.Digests;

/// <summary>Marks issues that nobody has answered in time, so that lists and figures can show them.</summary>
public sealed class Overdue(
    IDocumentStore store,
    UsedMonths months,
    Deadlines deadlines,
    TimeProvider time
)
{
    private const int AtOnce = 200;
    private static readonly Counter<long> Marked = Telemetry.Meter.CreateCounter<long>(
        "opinion.issues.overdue",
        "{issue}",
        "Issues that became overdue."
    );

    /// <summary>Marks what became overdue since it was last looked at.</summary>
    /// <returns>How many.</returns>
    public async Task<int> MarkAsync(CancellationToken cancellation)
    {
        var count = 0;
        var since = deadlines.OverdueSince(time.GetUtcNow());
        foreach (var month in await months.WithIssuesAsync(cancellation))
        {
            var late = new Query<Issue>(Containers.Issues, "byAwaited", month)
            {
                Equal = [true],
                To = since,
                Limit = AtOnce,
            };
            while (true)
            {
                // What is marked is found no more: the next page is the first again.
                var page = await store.QueryAsync(late, cancellation);
                foreach (var issue in page.Items)
                    await store.UpdateAsync(
                        Containers.Issues,
                        month,
                        issue.Document.Id,
                        i => i.Awaited ? i with { OverdueSince = deadlines.EndOf(i) } : i,
                        cancellation
                    );
                count += page.Items.Count;
                if (page.Next is null)
                    break;
            }
        }
        Marked.Add(count);
        return count;
    }
}
