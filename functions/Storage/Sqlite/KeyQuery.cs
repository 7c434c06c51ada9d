using System.Globalization;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// A query by any of several keys: for each key a short walk along the side table, and what came last, merged in order. It
/// reads at most keys times limit entries of the file, however many documents there are.
/// </summary>
/// <remarks>
/// Only the walk takes the writer's time, which is everybody's. What was found is read beside the writer, except for what
/// it has not committed yet.
/// </remarks>
internal static class KeyQuery
{
    private const int MostKeys = 64;

    /// <param name="database">Where.</param>
    /// <param name="query">By keys.</param>
    /// <param name="now">What has expired by now is left out.</param>
    /// <param name="map">Makes a document of a row of version and body.</param>
    public static Page<T> Page<T>(
        SqliteDatabase database,
        Query<T> query,
        long now,
        Func<SqliteRow, Stored<T>> map
    )
        where T : class, IDocument
    {
        if (query.AnyOf.Count > MostKeys)
            throw new ArgumentException(
                $"A query takes at most {MostKeys} keys, not {query.AnyOf.Count}."
            );
        var (found, next) = database.ReadAsWriter(session =>
            session.AsOfOneMoment(() =>
            {
                var (entries, place) = Walk(session, query);
                return (entries.ConvertAll(entry => Find(session, entry.Number)), place);
            })
        );
        var unread = found.FindAll(f => !f.Document.Is<T>());
        if (unread.Count > 0)
            database.ReadCommitted(session =>
                session.AsOfOneMoment(() =>
                {
                    unread.ForEach(f => Read(session, f.Number, f.Document));
                    return unread.Count;
                })
            );
        return new([.. found.Select(f => f.Document.As<T>(now)).OfType<Stored<T>>()], next);

        (long Number, FoundDocument Document) Find(SqliteSession session, long number)
        {
            var key = (query.Container.Name, number);
            if (session.LastFound.Find(key) is { } known)
                return (number, known);
            var document = new FoundDocument();
            session.LastFound.KeepIfAskedAgain(key, document);
            if (session.Uncommitted.Contains(key))
                Read(session, number, document);
            return (number, document);
        }

        void Read(SqliteSession session, long number, FoundDocument document) =>
            session.Rows(
                $"SELECT etag, body, expires FROM {Schema.Table(query.Container)} WHERE num=$1",
                row =>
                {
                    document.Set(map(row), row.IsNull(2) ? null : row.GetInt64(2));
                    return true;
                },
                number
            );
    }

    // In order, and where the next page begins if there is one.
    private static (List<(long Order, long Number)> Entries, string? Next) Walk<T>(
        SqliteSession session,
        Query<T> query
    )
        where T : class, IDocument
    {
        var descending = query.Definition.Descending;
        var (from, to) = Bounds(query, descending);
        var table = KeyTable.Name(query.Container, query.Definition);
        var direction = descending ? "DESC" : "ASC";
        var walk =
            $"SELECT ord, num FROM {table} WHERE key=$1 AND (ord, num)>=($2, $3) AND (ord, num)<($4, $5) ORDER BY ord {direction}, num {direction} LIMIT $6";
        var found = new List<(long Order, long Number)>();
        foreach (var key in query.AnyOf.Distinct().Select(k => KeyTable.Key(query.Partition, k)))
        {
            found.AddRange(
                session.Rows(
                    walk,
                    row => (row.GetInt64(0), row.GetInt64(1)),
                    key,
                    from.Order,
                    from.Number,
                    to.Order,
                    to.Number,
                    query.Limit + 1
                )
            );
            session.Recent[table].Find(key, from, to, found);
        }
        found.Sort();
        if (descending)
            found.Reverse();
        var page = found.Distinct().Take(query.Limit + 1).ToList();
        if (page.Count <= query.Limit)
            return (page, null);
        page.RemoveAt(query.Limit);
        var (order, number) = page[^1];
        return (page, new Place(order, number.ToString(CultureInfo.InvariantCulture)).ToString());
    }

    // From the first, included, to the second, excluded.
    private static ((long Order, long Number) From, (long Order, long Number) To) Bounds<T>(
        Query<T> query,
        bool descending
    )
        where T : class, IDocument
    {
        var from = (Of(query.From) ?? long.MinValue, long.MinValue);
        var to = (Of(query.To) ?? long.MaxValue, long.MinValue);
        if (query.After is null)
            return (from, to);
        var (order, number) = Place.Parse(query.After).Numbers;
        return descending ? (from, (order, number)) : ((order, number + 1), to);

        static long? Of(object? bound) =>
            bound is null ? null : KeyTable.Order((DateTimeOffset)bound);
    }
}

/// <summary>A document that was found by a key: what was read of it last.</summary>
internal sealed class FoundDocument
{
    private volatile Content? content;

    /// <summary>True where it was read as such.</summary>
    public bool Is<T>()
        where T : class, IDocument => content?.Stored is Stored<T>;

    /// <summary>The document; null where it has gone or expired.</summary>
    public Stored<T>? As<T>(long now)
        where T : class, IDocument =>
        content is { } read && !(read.Expires <= now) ? read.Stored as Stored<T> : null;

    /// <summary>Keeps what was read.</summary>
    public void Set(object stored, long? expires) => content = new(stored, expires);

    private sealed record Content(object Stored, long? Expires);
}
