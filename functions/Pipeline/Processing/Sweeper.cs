using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>Sends the messages that a crash between a write and its message left unsent. Sending one twice does no harm.</summary>
public sealed class Sweeper(IDocumentStore store, IMessageQueue queue, TimeProvider time)
{
    /// <summary>Sends what documents older than <paramref name="grace"/> still owe, looking back so many months.</summary>
    /// <returns>How many were sent.</returns>
    public async Task<int> SweepAsync(TimeSpan grace, int months, CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - grace;
        var sent = 0;
        foreach (var month in Months.Back(time.GetUtcNow(), months))
        {
            var owed = new List<string>();
            await foreach (
                var submission in store.AllAsync(
                    new Query<Submission>(Containers.Submissions, "byStatus", month)
                    {
                        Equal = [SubmissionStatus.Received],
                        To = before,
                    },
                    cancellation
                )
            )
                owed.Add(submission.Id);
            await SendAsync(QueueNames.Submissions, owed);

            owed.Clear();
            await foreach (
                var issue in store.AllAsync(
                    new Query<Issue>(Containers.Issues, "byPending", month)
                    {
                        Equal = [QueueNames.Reports],
                    },
                    cancellation
                )
            )
                owed.Add(issue.Id);
            await SendAsync(QueueNames.Reports, owed);

            async Task SendAsync(string name, List<string> ids)
            {
                if (ids.Count > 0)
                    await queue.SendAsync(name, ids, TimeSpan.Zero, cancellation);
                sent += ids.Count;
            }
        }
        return sent;
    }
}
