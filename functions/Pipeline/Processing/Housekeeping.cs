using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Files;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Retraining;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>
/// What is done by the clock. Each round may run twice, or at the same time in two processes, and does no harm.
/// </summary>
public sealed class Housekeeping(
    Sweeper sweeper,
    Reconciler reconciler,
    DigestSchedule digests,
    Overdue overdue,
    TrainingStep training,
    ModelShelf models,
    RetrainingOptions retraining,
    IMessageQueue queues,
    IFileStore files,
    TimeProvider time,
    IEnumerable<IPurgingStore> purging,
    CountyWatch county
)
{
    /// <summary>A message sent is given so long before it is taken to be lost.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Reconciled = TimeSpan.FromMinutes(10);
    private const int MostPurged = 10_000;

    /// <summary>
    /// Each minute: sends the messages of this month and the last that a crash left unsent, and measures how long
    /// messages wait and how many were put aside. Looks whether the county was changed, so that a process whom nobody asks
    /// anything knows it too.
    /// </summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        await county.RefreshAsync(cancellation);
        await sweeper.SweepAsync(Grace, months: 2, cancellation);
        await training.SweepAsync(Grace, cancellation);
        var poison = (await queues.PoisonAsync(cancellation)).ToLookup(m => m.Queue);
        foreach (var queue in QueueNames.All)
        {
            var oldest = await queues.OldestAsync(queue, cancellation);
            var age = oldest is { } since ? (time.GetUtcNow() - since).TotalSeconds : 0;
            var tag = new KeyValuePair<string, object?>("queue", queue);
            Telemetry.QueueAge.Record(Math.Max(age, 0), tag);
            Telemetry.Poison.Record(poison[queue].Count(), tag);
        }
    }

    /// <summary>At the start: the same for everything there is, at once.</summary>
    public async Task<int> SweepAllAsync(CancellationToken cancellation) =>
        await sweeper.SweepAsync(TimeSpan.Zero, Months.Kept, cancellation)
        + await training.SweepAsync(TimeSpan.Zero, cancellation);

    /// <summary>Each five minutes: see <see cref="Reconciler"/>.</summary>
    public Task<int> ReconcileAsync(CancellationToken cancellation) =>
        reconciler.ReconcileAsync(Reconciled, cancellation);

    /// <summary>Each hour: asks for the digests of the period that ended last.</summary>
    public async Task RequestDigestsAsync(CancellationToken cancellation)
    {
        await county.RefreshAsync(cancellation);
        await digests.RequestAsync(cancellation);
    }

    /// <summary>Each hour: marks what nobody has answered in time.</summary>
    public async Task<int> MarkOverdueAsync(CancellationToken cancellation)
    {
        await county.RefreshAsync(cancellation);
        return await overdue.MarkAsync(cancellation);
    }

    /// <summary>Each day: lets go what is past its time, where the store does not by itself.</summary>
    public async Task<int> RetainAsync(CancellationToken cancellation)
    {
        var gone = 0;
        foreach (var store in purging)
            gone += await store.PurgeExpiredAsync(Containers.All, MostPurged, cancellation);
        foreach (var folder in new[] { Folders.Attachments, Folders.Uploads })
            gone += await files.DeletePassedAsync(folder, time.GetUtcNow(), cancellation);
        gone += await models.RetainAsync(retraining.KeptFiles, cancellation);
        return gone;
    }
}
