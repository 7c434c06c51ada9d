using System.Diagnostics;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>What each queue's message sets going; every host delivers to this one place.</summary>
public sealed class MessageHandler(
    IDocumentStore store,
    IMessageQueue queues,
    SubmissionStep submissions,
    LookAhead ahead,
    ReportDrafter reports,
    KindDrafter kinds,
    DigestMaker digests,
    TrainingStep training,
    ModelWatch models,
    CountyWatch county
)
{
    // Half a second, one, two, …: half a minute in all, by which time whoever was first is done or dead.
    private const int MostPutOff = 6;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Works off one message as it lay in the queue. Doing it twice does no harm. When it throws, the message should
    /// come again; on its last try whoever looks the submission up sees that it failed.
    /// </summary>
    /// <param name="queue">One of <see cref="QueueNames"/>.</param>
    /// <param name="text">See <see cref="Envelope"/>.</param>
    /// <param name="dequeueCount">How often the message has been taken, this time included.</param>
    /// <param name="cancellation">Stops it; the message should then come again.</param>
    public async Task HandleAsync(
        string queue,
        string text,
        long dequeueCount,
        CancellationToken cancellation
    )
    {
        var message = Envelope.Open(text);
        using var activity = Telemetry.Activities.StartActivity(
            "process " + queue,
            ActivityKind.Consumer,
            message.Sender
        );
        activity?.SetTag("messaging.destination.name", queue);
        activity?.SetTag("opinion.id", message.Body);
        try
        {
            await county.RefreshAsync(cancellation);
            await models.RefreshAsync(cancellation);
            if (await WorkAsync(queue, message, cancellation) == StepOutcome.Later)
                await queues.SendAsync(
                    queue,
                    [message.Again()],
                    FirstDelay * Math.Pow(2, Math.Min(message.PutOff, MostPutOff)),
                    cancellation
                );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            if (dequeueCount >= QueueNames.MaxDequeueCount)
                await GiveUpAsync(queue, message.Body, cancellation);
            throw;
        }
    }

    /// <summary>
    /// Begins to prepare messages that will be handled next, which changes nothing and may be left out. To be disposed of when
    /// they are handled.
    /// </summary>
    public LookAheadBatch LookAhead(
        IEnumerable<Message> messages,
        CancellationToken cancellation
    ) =>
        ahead.Begin(
            [
                .. messages
                    .Where(m => m.Queue == QueueNames.Submissions)
                    .Select(m => Envelope.Open(m.Body).Body),
            ],
            cancellation
        );

    private async Task<StepOutcome> WorkAsync(
        string queue,
        Envelope message,
        CancellationToken cancellation
    )
    {
        switch (queue)
        {
            case QueueNames.Submissions:
                return await submissions.RunAsync(
                    message.Body,
                    mayWait: message.PutOff < MostPutOff,
                    cancellation
                );
            case QueueNames.Reports:
                if (message.Body[0] == 'K')
                    await kinds.DraftAsync(message.Body, cancellation);
                else
                    await reports.DraftAsync(message.Body, cancellation);
                return StepOutcome.Done;
            case QueueNames.Digests:
                var request = DigestRequest.Parse(message.Body);
                await digests.MakeAsync(request.Office, request.From, request.To, cancellation);
                return StepOutcome.Done;
            case QueueNames.Training:
                return await training.RunAsync(message.Body, cancellation);
            default:
                throw new ArgumentException($"There is no queue '{queue}'.");
        }
    }

    private async Task GiveUpAsync(string queue, string body, CancellationToken cancellation)
    {
        if (queue == QueueNames.Training)
            await training.GiveUpAsync(body, cancellation);
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
