using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Pipeline.Digests;

/// <summary>Asks for the digests of the period that ended last. Asking twice does no harm: a digest once made stands.</summary>
public sealed class DigestSchedule(
    IMessageQueue queue,
    CountyDirectory county,
    DigestOptions options,
    TimeProvider time
)
{
    // A Monday: periods of whole weeks then begin on Mondays.
    private static readonly DateTimeOffset FirstDay = new(2024, 1, 1, 0, 0, 0, LocalTime.Offset);

    /// <summary>The period that ended last, in the county's days.</summary>
    public (DateTimeOffset From, DateTimeOffset To) LastPeriod()
    {
        var days = (int)(time.GetUtcNow() - FirstDay).TotalDays / options.PeriodDays;
        var to = FirstDay.AddDays(days * options.PeriodDays);
        return (to.AddDays(-options.PeriodDays), to);
    }

    /// <summary>Sends a message for each office.</summary>
    public Task RequestAsync(CancellationToken cancellation)
    {
        var (from, to) = LastPeriod();
        return RequestAsync(from, to, cancellation);
    }

    /// <summary>Sends a message for each office and any period.</summary>
    public Task RequestAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellation
    ) =>
        queue.SendAsync(
            QueueNames.Digests,
            [.. county.Offices.Select(o => new DigestRequest(o.Code, from, to).ToString())],
            TimeSpan.Zero,
            cancellation
        );
}
