using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// Documents as they were read last, by number and version: those of a recurring matter are found again and again. Used
/// by whoever has the writer's turn.
/// </summary>
internal sealed class RecentlyRead
{
    private const int MostKept = 4_000;

    private readonly Dictionary<
        (IContainer Container, long Number),
        (long ETag, object Stored)
    > kept = [];
    private readonly Queue<(IContainer, long)> order = [];

    /// <summary>The document of a row of version and body, made anew only where it is not known in that version.</summary>
    public Stored<T> Read<T>(
        IContainer container,
        long number,
        SqliteRow row,
        Func<SqliteRow, Stored<T>> map
    )
        where T : class, IDocument
    {
        var etag = row.GetInt64(0);
        if (kept.TryGetValue((container, number), out var known) && known.ETag == etag)
            return (Stored<T>)known.Stored;
        var read = map(row);
        if (kept.TryAdd((container, number), (etag, read)))
            order.Enqueue((container, number));
        else
            kept[(container, number)] = (etag, read);
        if (order.Count > MostKept)
            kept.Remove(order.Dequeue());
        return read;
    }
}
