using System.Collections.Concurrent;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Retraining;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>
/// Prepares submissions whose turn comes soon, on the other cores, while those before them are worked off one after the
/// other. Who comes to one that nobody has begun prepares it himself.
/// </summary>
/// <param name="preparation">Prepares.</param>
/// <param name="county">Brought up to date before.</param>
/// <param name="models">Brought up to date before.</param>
/// <param name="alone">
/// True where this process alone writes to the store. Else nothing is prepared: what others write meanwhile would not be seen.
/// </param>
public sealed class LookAhead(
    Preparation preparation,
    CountyWatch county,
    ModelWatch models,
    bool alone
)
{
    private static readonly int Cores = Math.Max(1, Environment.ProcessorCount - 1);

    private readonly ConcurrentDictionary<string, Entry> entries = [];
    private readonly ConcurrentQueue<Entry> unbegun = [];

    /// <summary>Begins with these, in their order. What is left of them when this is disposed of is forgotten.</summary>
    public LookAheadBatch Begin(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var begun = new List<Entry>();
        foreach (var entry in alone ? ids.Select(id => new Entry(id)) : [])
            if (entries.TryAdd(entry.Id, entry))
            {
                begun.Add(entry);
                unbegun.Enqueue(entry);
            }
        var work = Enumerable
            .Range(0, Math.Min(Cores, begun.Count))
            .Select(_ => Task.Run(() => WorkAsync(cancellation), CancellationToken.None));
        return new LookAheadBatch(
            Task.WhenAll(work),
            () =>
            {
                foreach (var entry in begun)
                {
                    entry.Claim();
                    entries.TryRemove(entry.Id, out _);
                }
            }
        );
    }

    /// <summary>What was prepared of a submission, once; null where nothing was.</summary>
    public async Task<Prepared?> TakeAsync(string id, CancellationToken cancellation)
    {
        if (!entries.TryRemove(id, out var entry) || entry.Claim())
            return null;
        // Rather than wait for another core, prepares what comes next.
        while (!entry.Done.Task.IsCompleted && unbegun.TryDequeue(out var next))
            await PrepareAsync(next, cancellation);
        return await entry.Done.Task;
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        try
        {
            await county.RefreshAsync(cancellation);
            await models.RefreshAsync(cancellation);
        }
        catch
        {
            // Whoever works them off meets it again, and says so.
            return;
        }
        while (unbegun.TryDequeue(out var next))
            await PrepareAsync(next, cancellation);
    }

    private async Task PrepareAsync(Entry entry, CancellationToken cancellation)
    {
        if (!entry.Claim())
            return;
        Prepared? prepared = null;
        try
        {
            prepared = await preparation.AheadAsync(entry.Id, cancellation);
        }
        catch
        {
            // As above.
        }
        entry.Done.SetResult(prepared);
    }

    private sealed class Entry(string id)
    {
        private int claimed;

        public string Id => id;

        public TaskCompletionSource<Prepared?> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        // True for the first who asks: he is the one to prepare it.
        public bool Claim() => Interlocked.Exchange(ref claimed, 1) == 0;
    }
}

/// <summary>Submissions that are being prepared; to be disposed of when they are worked off.</summary>
public sealed class LookAheadBatch(Task work, Action forget) : IAsyncDisposable
{
    /// <summary>Ends when nobody prepares any of them any more.</summary>
    public Task Work => work;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await work;
        forget();
    }
}
