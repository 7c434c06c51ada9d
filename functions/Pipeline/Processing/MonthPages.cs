using System.Collections.Concurrent;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>Lists that run through the months, the newest first, a page at a time.</summary>
public sealed class MonthPages(IDocumentStore store, TimeProvider time)
{
    private const int MostScanned = 2_000;

    // What arrives changes the present month, and at midnight the one before; of the others an old count will do.
    private const int Open = 2;
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
        var now = time.GetUtcNow();
        var sum = 0L;
        foreach (var (number, month) in Months.Back(now).Index())
        {
            var asked = query(month);
            var key =
                $"{asked.Container.Name}.{asked.Definition.Name}.{month}.{string.Join('.', asked.Equal)}";
            if (
                number >= Open
                && counted.TryGetValue(key, out var before)
                && now - before.At < Good
            )
            {
                sum += before.Count;
                continue;
            }
            var count = await store.CountAsync(asked, cancellation);
            sum += count;
            if (number >= Open)
                counted[key] = (now, count);
        }
        return sum;
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
