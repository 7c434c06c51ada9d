using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>What each queue's message sets going; every host delivers to this one place.</summary>
public sealed class MessageHandler(
    IDocumentStore store,
    SubmissionStep submissions,
    ReportDrafter reports,
    KindDrafter kinds,
    DigestMaker digests
)
{
    /// <summary>Works off one message. Doing it twice does no harm.</summary>
    public async Task<StepOutcome> HandleAsync(
        string queue,
        string body,
        CancellationToken cancellation
    )
    {
        switch (queue)
        {
            case QueueNames.Submissions:
                return await submissions.RunAsync(body, cancellation);
            case QueueNames.Reports:
                if (body[0] == 'K')
                    await kinds.DraftAsync(body, cancellation);
                else
                    await reports.DraftAsync(body, cancellation);
                return StepOutcome.Done;
            case QueueNames.Digests:
                var request = DigestRequest.Parse(body);
                await digests.MakeAsync(request.Office, request.From, request.To, cancellation);
                return StepOutcome.Done;
            default:
                throw new ArgumentException($"There is no queue '{queue}'.");
        }
    }

    /// <summary>The last try of a message failed: whoever looks the submission up should see that.</summary>
    public async Task GiveUpAsync(string queue, string body, CancellationToken cancellation)
    {
        if (queue == QueueNames.Submissions)
            await store.UpdateAsync(
                Containers.Submissions,
                SubmissionId.Partition(body),
                body,
                s => s.Pending is null ? s : s with { Status = SubmissionStatus.Failed },
                cancellation
            );
    }
}
