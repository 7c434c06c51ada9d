using Microsoft.Azure.Functions.Worker;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Processing;

namespace OpinionPipeline.App;

/// <summary>What is due by the clock: on one instance at a time, whichever the host chooses. UTC, seconds first.</summary>
public sealed class Timers(Sweeper sweeper, DigestSchedule digests)
{
    // Younger ones are still being sent by whoever took them.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);
    private const int MonthsBack = 2;

    [Function("sweep")]
    public Task Sweep([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken stop) =>
        sweeper.SweepAsync(Grace, MonthsBack, stop);

    [Function("ask-for-digests")]
    public Task AskForDigests(
        [TimerTrigger("0 5 * * * *")] TimerInfo timer,
        CancellationToken stop
    ) => digests.RequestAsync(stop);
}
