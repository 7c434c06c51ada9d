using Microsoft.Data.Sqlite;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// A query by any of several keys: a short walk for each key along the side table, merged in order. It reads at most
/// keys times limit entries, however many documents there are.
/// </summary>
internal static class KeyQuery
{
    private const int MostKeys = 64;

    public static Page<T> Page<T>(
        SqliteSession session,
        Query<T> query,
        long now,
        Func<SqliteDataReader, Stored<T>> map
    )
        where T : class, IDocument
    {
        var definition = query.Definition;
        if (query.AnyOf.Count > MostKeys)
            throw new ArgumentException(
                $"A query takes at most {MostKeys} keys, not {query.AnyOf.Count}."
            );
        var descending = definition.Descending;
        var bounds = new List<object?> { query.Partition, null, query.Limit + 1 };
        var within = "";
        foreach (var (bound, compare) in new[] { (query.From, ">="), (query.To, "<") })
            if (bound is not null)
            {
                bounds.Add(OrderedQuery.Value(bound));
                within += $" AND ord{compare}${bounds.Count}";
            }
        var after = query.After is null ? (Place?)null : Place.Parse(query.After);
        var found = new SortedSet<(string Order, string Id)>(
            Comparer<(string Order, string Id)>.Create(
                (a, b) =>
                {
                    var byOrder = string.CompareOrdinal(a.Order, b.Order);
                    var compared = byOrder != 0 ? byOrder : string.CompareOrdinal(a.Id, b.Id);
                    return descending ? -compared : compared;
                }
            )
        );
        if (after is { } place)
        {
            bounds.AddRange([place.Order, place.Id]);
            within +=
                $" AND (ord, id) {(descending ? "<" : ">")} (${bounds.Count - 1}, ${bounds.Count})";
        }
        foreach (var key in query.AnyOf.Distinct())
        {
            bounds[1] = key;
            var rows = session.Rows(
                $"""
                SELECT ord, id FROM {Schema.KeyTable(query.Container, definition)}
                WHERE pk=$1 AND key=$2{within}
                ORDER BY ord {(descending ? "DESC" : "ASC")}, id {(
                    descending ? "DESC" : "ASC"
                )} LIMIT $3
                """,
                reader => (reader.GetString(0), reader.GetString(1)),
                [.. bounds]
            );
            found.UnionWith(rows);
        }
        var page = found.Take(query.Limit).ToList();
        var items = page.SelectMany(entry =>
                session.Rows(
                    $"SELECT etag, body FROM {Schema.Table(query.Container)} WHERE pk=$1 AND id=$2 AND (expires IS NULL OR expires>$3)",
                    map,
                    query.Partition,
                    entry.Id,
                    now
                )
            )
            .ToList();
        return new(
            items,
            found.Count > query.Limit ? new Place(page[^1].Order, page[^1].Id).ToString() : null
        );
    }
}
