using Microsoft.Azure.Functions.Worker;
using OpinionPipeline.Pipeline.Processing;

namespace OpinionPipeline.App;

/// <summary>What is due by the clock: on one instance at a time, whichever the host chooses. UTC, seconds first.</summary>
public sealed class Timers(Housekeeping housekeeping)
{
    [Function("sweep")]
    public Task Sweep([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken stop) =>
        housekeeping.SweepAsync(stop);

    [Function("reconcile")]
    public Task Reconcile(
        [TimerTrigger("30 */5 * * * *")] TimerInfo timer,
        CancellationToken stop
    ) => housekeeping.ReconcileAsync(stop);

    [Function("ask-for-digests")]
    public Task AskForDigests(
        [TimerTrigger("0 5 * * * *")] TimerInfo timer,
        CancellationToken stop
    ) => housekeeping.RequestDigestsAsync(stop);

    [Function("mark-overdue")]
    public Task MarkOverdue(
        [TimerTrigger("0 10 * * * *")] TimerInfo timer,
        CancellationToken stop
    ) => housekeeping.MarkOverdueAsync(stop);

    [Function("retain")]
    public Task Retain([TimerTrigger("0 20 18 * * *")] TimerInfo timer, CancellationToken stop) =>
        housekeeping.RetainAsync(stop);
}
