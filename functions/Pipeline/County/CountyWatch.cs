using Microsoft.Extensions.Logging;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.County;

/// <summary>
/// Lets a change of the county reach every process, as <see cref="Retraining.ModelWatch"/> does with models: whoever is about
/// to use the county asks here, and once in half a minute the store is asked for the newest edition.
/// </summary>
public sealed partial class CountyWatch(
    IDocumentStore store,
    CountyTexts seeds,
    CountyParts live,
    TimeProvider time,
    ILogger<CountyWatch> log
)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private readonly Lock taking = new();
    private volatile CountyState state = new(0, seeds);
    private long due;

    /// <summary>What is in force in this process.</summary>
    public CountyState Now => state;

    /// <summary>Looks where the last look is long enough ago. Where it cannot, the present county goes on.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellation)
    {
        var then = Volatile.Read(ref due);
        var now = time.GetTimestamp();
        if (now < then)
            return;
        // One looks for all.
        if (Interlocked.CompareExchange(ref due, Later(now), then) != then)
            return;
        try
        {
            await LookAsync(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e, state.Number);
        }
    }

    /// <summary>Looks now; a host does before it begins.</summary>
    /// <exception cref="InvalidDataException">The files as edited and the seeds' do not go together.</exception>
    public async Task LookAsync(CancellationToken cancellation)
    {
        Volatile.Write(ref due, Later(time.GetTimestamp()));
        // Numbers have no gap: whether there is the next one is the cheapest question that a store answers.
        var next = await store.ReadAsync(
            Containers.County,
            CountyEdition.All,
            CountyEdition.IdOf(state.Number + 1),
            cancellation
        );
        if (next is not null && await CountyEdition.NewestAsync(store, cancellation) is { } newest)
            Take(newest);
    }

    /// <summary>Puts an edition in force in this process.</summary>
    internal void Take(CountyEdition edition)
    {
        var texts = seeds.Instead(edition.Files);
        var parts = CountyParts.Read(texts);
        lock (taking)
        {
            if (edition.Number <= state.Number)
                return;
            live.Become(parts);
            state = new(edition.Number, texts);
        }
    }

    private long Later(long now) => now + (long)(Interval.TotalSeconds * time.TimestampFrequency);

    [LoggerMessage(
        LogLevel.Warning,
        "Whether the county was changed could not be seen; edition {Number} goes on."
    )]
    private partial void LogFailed(Exception e, int number);
}

/// <summary>A state of the county.</summary>
/// <param name="Number">The edition's number; 0 where the seeds' files hold.</param>
/// <param name="Texts">The texts of its files.</param>
public sealed record CountyState(int Number, CountyTexts Texts);
