using System.Globalization;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// A query by any of several keys: for each key a short walk along the side table, and what came last, merged in order. It
/// reads at most keys times limit entries of the file, however many documents there are.
/// </summary>
internal static class KeyQuery
{
    private const int MostKeys = 64;

    /// <param name="session">The one that writes: it alone has what came last.</param>
    /// <param name="query">By keys.</param>
    /// <param name="now">What has expired by now is left out.</param>
    /// <param name="map">Makes a document of a row of version and body.</param>
    public static Page<T> Page<T>(
        SqliteSession session,
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
        var more = page.Count > query.Limit;
        if (more)
            page.RemoveAt(query.Limit);
        return new(
            [
                .. page.Select(entry => Read(session, query.Container, entry.Number, now, map))
                    .OfType<Stored<T>>(),
            ],
            more
                ? new Place(
                    page[^1].Order,
                    page[^1].Number.ToString(CultureInfo.InvariantCulture)
                ).ToString()
                : null
        );
    }

    // Read from the file only where it is not known as what is asked for; null where it has gone or expired.
    private static Stored<T>? Read<T>(
        SqliteSession session,
        Container<T> container,
        long number,
        long now,
        Func<SqliteRow, Stored<T>> map
    )
        where T : class, IDocument
    {
        var known = session.LastFound.Find((container.Name, number));
        if (known.Stored is not Stored<T>)
        {
            var rows = session.Rows(
                $"SELECT etag, body, expires FROM {Schema.Table(container)} WHERE num=$1",
                row => (row.IsNull(2) ? (long?)null : row.GetInt64(2), (object)map(row)),
                number
            );
            if (rows.Count == 0)
                return null;
            known = rows[0];
            session.LastFound.KeepIfAskedAgain((container.Name, number), known);
        }
        return known.Expires <= now ? null : (Stored<T>)known.Stored;
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
