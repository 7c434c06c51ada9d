namespace OpinionPipeline.Pipeline;

/// <summary>Values by their keys, the last so many: the one that was put first goes first. Not thread-safe.</summary>
public sealed class LastKept<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> kept = [];
    private readonly Queue<TKey> order = [];

    /// <summary>The value of a key, or the default where there is none (any more).</summary>
    public TValue? Find(TKey key) => kept.GetValueOrDefault(key);

    /// <summary>Puts a value, in place of the one that the key had.</summary>
    public void Keep(TKey key, TValue value)
    {
        if (!kept.ContainsKey(key))
            order.Enqueue(key);
        kept[key] = value;
        if (order.Count > most)
            kept.Remove(order.Dequeue());
    }
}
