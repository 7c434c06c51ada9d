using System.Globalization;
using System.Runtime.InteropServices;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// A query by any of several keys: for each key a short walk along the side table and one along what came last, merged in
/// order. It reads at most twice keys times limit entries, however many documents there are.
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
        var definition = query.Definition;
        if (query.AnyOf.Count > MostKeys)
            throw new ArgumentException(
                $"A query takes at most {MostKeys} keys, not {query.AnyOf.Count}."
            );
        var descending = definition.Descending;
        var bounds = new List<object?> { null, query.Limit + 1 };
        var within = "";
        foreach (var (bound, compare) in new[] { (query.From, ">="), (query.To, "<") })
            if (bound is not null)
            {
                bounds.Add(KeyTable.Order((DateTimeOffset)bound));
                within += $" AND ord{compare}${bounds.Count}";
            }
        if (query.After is not null)
        {
            var after = Place.Parse(query.After);
            bounds.AddRange([after.Order, long.Parse(after.Id, CultureInfo.InvariantCulture)]);
            within +=
                $" AND (ord, num) {(descending ? "<" : ">")} (${bounds.Count - 1}, ${bounds.Count})";
        }
        var found = new SortedSet<(long Order, long Number)>();
        var direction = descending ? "DESC" : "ASC";
        var walks = new[]
        {
            KeyTable.Name(query.Container, definition),
            RecentKeys.Name(query.Container, definition),
        }
            .Select(table =>
                $"SELECT ord, num FROM {table} WHERE key=$1{within} ORDER BY ord {direction}, num {direction} LIMIT $2"
            )
            .ToArray();
        foreach (var key in query.AnyOf.Distinct())
        {
            bounds[0] = KeyTable.Key(query.Partition, key);
            foreach (var walk in walks)
                found.UnionWith(
                    session.Rows(
                        walk,
                        row => (row.GetInt64(0), row.GetInt64(1)),
                        CollectionsMarshal.AsSpan(bounds)
                    )
                );
        }
        var page = (descending ? found.Reverse() : found).Take(query.Limit).ToList();
        var items = page.SelectMany(entry =>
                session.Rows(
                    $"SELECT etag, body FROM {Schema.Table(query.Container)} WHERE num=$1 AND (expires IS NULL OR expires>$2)",
                    map,
                    entry.Number,
                    now
                )
            )
            .ToList();
        return new(
            items,
            found.Count > query.Limit
                ? new Place(
                    page[^1].Order,
                    page[^1].Number.ToString(CultureInfo.InvariantCulture)
                ).ToString()
                : null
        );
    }
}
