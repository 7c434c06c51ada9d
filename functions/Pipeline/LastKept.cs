namespace OpinionPipeline.Pipeline;

/// <summary>
/// Values by their keys, the last so many. The one that was put first goes first, unless it has been found since: then it
/// is as good as new once more (the second-chance algorithm, Corbató 1968). Not thread-safe.
/// </summary>
public sealed class LastKept<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Dictionary<TKey, Entry> kept = [];
    private readonly Queue<TKey> order = [];
    private readonly HashSet<TKey> asked = [];
    private readonly Queue<TKey> askedOrder = [];

    /// <summary>The value of a key, or the default where there is none (any more).</summary>
    public TValue? Find(TKey key)
    {
        if (!kept.TryGetValue(key, out var entry))
            return default;
        entry.Found = true;
        return entry.Value;
    }

    /// <summary>Puts a value, in place of the one that the key had.</summary>
    public void Keep(TKey key, TValue value)
    {
        if (kept.TryGetValue(key, out var entry))
        {
            entry.Value = value;
            return;
        }
        kept.Add(key, new() { Value = value });
        order.Enqueue(key);
        while (order.Count > most)
            LetGo(order.Dequeue());
    }

    /// <summary>
    /// Puts a value if its key was put so before and is among the last so many that were: what is asked for once is not worth
    /// the memory, and costs more to forget than to make.
    /// </summary>
    public void KeepIfAskedAgain(TKey key, TValue value)
    {
        if (asked.Remove(key))
        {
            Keep(key, value);
            return;
        }
        asked.Add(key);
        askedOrder.Enqueue(key);
        if (askedOrder.Count > most)
            asked.Remove(askedOrder.Dequeue());
    }

    /// <summary>Lets go of a key's value.</summary>
    public void Forget(TKey key) => kept.Remove(key);

    /// <summary>Lets go of all.</summary>
    public void Clear()
    {
        kept.Clear();
        order.Clear();
    }

    private void LetGo(TKey oldest)
    {
        if (!kept.TryGetValue(oldest, out var entry))
            return;
        if (!entry.Found)
        {
            kept.Remove(oldest);
            return;
        }
        entry.Found = false;
        order.Enqueue(oldest);
    }

    private sealed class Entry
    {
        public required TValue Value { get; set; }
        public bool Found { get; set; }
    }
}
