using System.Collections.Concurrent;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>Lists that run through the months, the newest first, a page at a time.</summary>
public sealed class MonthPages(IDocumentStore store, TimeProvider time)
{
    private const int MostScanned = 2_000;

    // Of months that are over a count so old will do.
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, long Count)> counted = [];

    /// <summary>One page of what fits; the place to go on from is a month and the place in it.</summary>
    /// <exception cref="ArgumentException"><paramref name="after"/> is no place that an earlier page gave.</exception>
    public async Task<(IReadOnlyList<T> Items, string? Next)> PageAsync<T>(
        Func<string, Query<T>> query,
        string? after,
        int size,
        Func<T, bool> fits,
        CancellationToken cancellation
    )
        where T : class, IDocument
    {
        var months = Months.Back(time.GetUtcNow()).ToList();
        var (first, inside) = Place(after, months);
        var items = new List<T>();
        var scanned = 0;
        for (var m = first; m < months.Count; m++)
        {
            for (var next = m == first ? inside : null; ; )
            {
                var page = await store.QueryAsync(
                    query(months[m]) with
                    {
                        After = next,
                        Limit = size,
                    },
                    cancellation
                );
                items.AddRange(page.Items.Select(i => i.Document).Where(fits));
                scanned += page.Items.Count;
                next = page.Next;
                if (next is null)
                    break;
                if (items.Count >= size || scanned >= MostScanned)
                    return (items, $"{months[m]}.{next}");
            }
            if ((items.Count >= size || scanned >= MostScanned) && m + 1 < months.Count)
                return (items, $"{months[m + 1]}.");
        }
        return (items, null);
    }

    /// <summary>How many documents a query has in all months; those of months gone by as of at most a minute ago.</summary>
    public async Task<long> CountAsync<T>(
        Func<string, Query<T>> query,
        CancellationToken cancellation
    )
        where T : class, IDocument
    {
        var sum = 0L;
        foreach (var (number, month) in Months.Back(time.GetUtcNow()).Index())
            sum +=
                number < Months.Open
                    ? await store.CountAsync(query(month), cancellation)
                    : await PastAsync(query(month), cancellation);
        return sum;
    }

    private async Task<long> PastAsync<T>(Query<T> query, CancellationToken cancellation)
        where T : class, IDocument
    {
        var now = time.GetUtcNow();
        var key =
            $"{query.Container.Name}.{query.Definition.Name}.{query.Partition}.{string.Join('.', query.Equal)}";
        if (counted.TryGetValue(key, out var before) && now - before.At < Good)
            return before.Count;
        var count = await store.CountAsync(query, cancellation);
        counted[key] = (now, count);
        return count;
    }

    private static (int Month, string? Inside) Place(string? after, List<string> months)
    {
        if (string.IsNullOrEmpty(after))
            return (0, null);
        var cut = after.IndexOf('.', StringComparison.Ordinal);
        var month = cut < 0 ? -1 : months.IndexOf(after[..cut]);
        if (month < 0)
            throw new ArgumentException(
                "This is no place that an earlier page gave.",
                nameof(after)
            );
        return (month, cut + 1 < after.Length ? after[(cut + 1)..] : null);
    }
}
