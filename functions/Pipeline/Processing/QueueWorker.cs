using Microsoft.Extensions.Logging;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>
/// Takes messages and works them off, one after the other: the embedded host's stand-in for queue triggers. One at a
/// time keeps the order, so that the same history gives the same issues.
/// </summary>
public sealed partial class QueueWorker(
    IMessageQueue queue,
    MessageHandler handler,
    TimeProvider time,
    ILogger<QueueWorker> log
)
{
    private const int Batch = 64;
    private static readonly string[] Quick =
    [
        .. QueueNames.All.Where(q => q != QueueNames.Training),
    ];

    // So long a message stays hidden when whoever took it is killed.
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);

    /// <summary>Works until no message is visible; trainings are left to <see cref="TrainAsync"/>.</summary>
    /// <returns>How many were done.</returns>
    public Task<int> DrainAsync(IProgress<int>? progress, CancellationToken cancellation) =>
        DrainAsync(Quick, Batch, progress, cancellation);

    /// <summary>The same for trainings alone, which take minutes: on a loop of their own they keep nobody waiting.</summary>
    /// <returns>How many were done.</returns>
    public Task<int> TrainAsync(CancellationToken cancellation) =>
        DrainAsync([QueueNames.Training], 1, null, cancellation);

    private async Task<int> DrainAsync(
        IReadOnlyList<string> names,
        int batch,
        IProgress<int>? progress,
        CancellationToken cancellation
    )
    {
        var done = 0;
        while (true)
        {
            var before = done;
            foreach (var name in names)
            {
                var messages = await queue.ReceiveAsync(name, batch, Visibility, cancellation);
                // The first is worked off at once.
                await using var ahead = handler.LookAhead(messages.Skip(1), cancellation);
                foreach (var message in messages)
                {
                    if (!await WorkAsync(message, cancellation))
                        continue;
                    done++;
                    progress?.Report(done);
                }
            }
            if (done == before)
                return done;
        }
    }

    private async Task<bool> WorkAsync(Message message, CancellationToken cancellation)
    {
        try
        {
            var work = handler.HandleAsync(
                message.Queue,
                message.Body,
                message.DequeueCount,
                cancellation
            );
            while (!await EndsWithinAsync(work, Visibility / 2, cancellation))
                // Whoever works long keeps the message.
                message = await queue.RenewAsync(message, Visibility, cancellation) ?? message;
            await work;
            return await queue.DeleteAsync(message, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e, message.Queue, Envelope.Open(message.Body).Body, message.DequeueCount);
            // Later each time: what fails now may be well in a minute.
            await queue.RenewAsync(
                message,
                Shortly * Math.Pow(4, message.DequeueCount - 1),
                cancellation
            );
            return false;
        }
    }

    // Leaves no timer behind that would hold the finished work in memory.
    private async Task<bool> EndsWithinAsync(
        Task work,
        TimeSpan wait,
        CancellationToken cancellation
    )
    {
        await work.WaitAsync(wait, time, cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!work.IsCompleted)
            cancellation.ThrowIfCancellationRequested();
        return work.IsCompleted;
    }

    [LoggerMessage(LogLevel.Error, "Message {Body} of queue {Queue} failed, try {Try}.")]
    private partial void LogFailed(Exception e, string queue, string body, int @try);
}
