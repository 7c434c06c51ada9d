using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Local;

/// <summary>
/// Works the queues off in the background; sweeps, at the start everything a crash left, then each minute; and each
/// hour asks for the digests of the period that ended, and lets go what is past its time.
/// </summary>
internal sealed partial class WorkerService(
    QueueWorker worker,
    Sweeper sweeper,
    DigestSchedule digests,
    IEnumerable<SqliteDocumentStore> embedded,
    ILogger<WorkerService> log
) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenHousekeeping = TimeSpan.FromHours(1);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);
    private const int MostPurged = 10_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (swept, kept) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue);
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                var now = TimeProvider.System.GetUtcNow();
                if (now - swept >= BetweenSweeps)
                {
                    await sweeper.SweepAsync(
                        swept == DateTimeOffset.MinValue ? TimeSpan.Zero : Grace,
                        swept == DateTimeOffset.MinValue ? Months.Kept : 2,
                        stoppingToken
                    );
                    swept = now;
                }
                if (now - kept >= BetweenHousekeeping)
                {
                    await digests.RequestAsync(stoppingToken);
                    // Cosmos DB lets go by itself.
                    foreach (var store in embedded)
                        await store.PurgeExpiredAsync(Containers.All, MostPurged, stoppingToken);
                    kept = now;
                }
                if (await worker.DrainAsync(null, stoppingToken) == 0)
                    await Task.Delay(Idle, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
                await Task.Delay(BetweenSweeps, stoppingToken);
            }
    }

    [LoggerMessage(LogLevel.Error, "The worker failed and goes on in a minute.")]
    private partial void LogFailed(Exception e);
}
