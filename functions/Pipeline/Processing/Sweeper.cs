using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>Sends the messages that a crash between a write and its message left unsent. Sending one twice does no harm.</summary>
public sealed class Sweeper(IDocumentStore store, IMessageQueue queue, TimeProvider time)
{
    /// <summary>Messages sent for each queue and month in one sweep: a long backlog is not put into the queue again and again.</summary>
    private const int Most = 500;

    /// <summary>Sends what documents older than <paramref name="grace"/> still owe, the oldest first, looking back so many months.</summary>
    /// <returns>How many were sent.</returns>
    public async Task<int> SweepAsync(TimeSpan grace, int months, CancellationToken cancellation)
    {
        var sent = 0;
        foreach (var month in Months.Back(time.GetUtcNow(), months))
        {
            var submissions = await store.QueryAsync(
                new Query<Submission>(Containers.Submissions, "byPending", month)
                {
                    Equal = [QueueNames.Submissions],
                    To = time.GetUtcNow() - grace,
                    Limit = Most,
                    MayLag = true,
                },
                cancellation
            );
            // What failed for good waits among the poison messages for an operator.
            await SendAsync(
                QueueNames.Submissions,
                submissions
                    .Items.Where(s => s.Document.Status != SubmissionStatus.Failed)
                    .Select(s => s.Document.Id)
            );
            var issues = await store.QueryAsync(
                new Query<Issue>(Containers.Issues, "byPending", month)
                {
                    Equal = [QueueNames.Reports],
                    Limit = Most,
                    MayLag = true,
                },
                cancellation
            );
            await SendAsync(QueueNames.Reports, issues.Items.Select(i => i.Document.Id));
        }
        return sent;

        async Task SendAsync(string name, IEnumerable<string> owed)
        {
            var ids = owed.ToList();
            if (ids.Count > 0)
                await queue.SendAsync(name, ids, TimeSpan.Zero, cancellation);
            sent += ids.Count;
        }
    }
}
