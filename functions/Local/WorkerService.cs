using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;

namespace OpinionPipeline.Local;

/// <summary>Works the queues off in the background, and does what is done by the clock.</summary>
internal sealed partial class WorkerService(
    QueueWorker worker,
    Housekeeping housekeeping,
    IEnumerable<IPurgingStore> embedded,
    ILogger<WorkerService> log
) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan IdleTraining = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(WorkAsync(stoppingToken), TrainAsync(stoppingToken));

    // Beside the rest: submissions do not wait for a training.
    private async Task TrainAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                if (await worker.TrainAsync(stoppingToken) == 0)
                    await Task.Delay(IdleTraining, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
                await Task.Delay(AfterFailure, stoppingToken);
            }
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        var hour = TimeSpan.FromHours(1);
        List<Round> rounds =
        [
            new(TimeSpan.FromMinutes(1), housekeeping.SweepAsync),
            new(TimeSpan.FromMinutes(5), housekeeping.ReconcileAsync),
            new(hour, housekeeping.RequestDigestsAsync),
            new(hour, housekeeping.MarkOverdueAsync),
            new(hour, housekeeping.RetainAsync),
        ];
        var started = false;
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                // A store of its own was used by nobody else: what is owed is owed since the last end.
                if (!started && embedded.Any())
                    await housekeeping.SweepAllAsync(stoppingToken);
                started = true;
                foreach (var round in rounds)
                    await round.RunIfDueAsync(stoppingToken);
                if (await worker.DrainAsync(null, stoppingToken) == 0)
                    await Task.Delay(Idle, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
                await Task.Delay(AfterFailure, stoppingToken);
            }
    }

    [LoggerMessage(LogLevel.Error, "The worker failed and goes on in a minute.")]
    private partial void LogFailed(Exception e);

    private sealed class Round(TimeSpan interval, Func<CancellationToken, Task> run)
    {
        private DateTimeOffset last = DateTimeOffset.MinValue;

        public async Task RunIfDueAsync(CancellationToken cancellation)
        {
            var now = TimeProvider.System.GetUtcNow();
            if (now - last < interval)
                return;
            last = now;
            await run(cancellation);
        }
    }
}
