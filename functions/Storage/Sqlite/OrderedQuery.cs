using System.Text.Json;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>A query by equality and order: one walk along its index.</summary>
internal static class OrderedQuery
{
    public static Page<T> Page<T>(
        SqliteSession session,
        Query<T> query,
        long now,
        Func<SqliteRow, Stored<T>> map
    )
        where T : class, IDocument
    {
        var (where, values) = Where(query, now);
        var order = query.Definition.OrderBy is { } field ? Schema.Field(field) : "id";
        var direction = query.Definition.Descending ? "DESC" : "ASC";
        var compare = query.Definition.Descending ? "<" : ">";
        if (query.After is not null)
        {
            var after = Place.Parse(query.After);
            values.Add(after.Order);
            values.Add(after.Id);
            where += $" AND ({order}, id) {compare} (${values.Count - 1}, ${values.Count})";
        }
        values.Add(query.Limit + 1);
        var rows = session.Rows(
            $"SELECT etag, body, {order}, id FROM {Schema.Table(query.Container)} WHERE {where} ORDER BY {order} {direction}, id {direction} LIMIT ${values.Count}",
            reader =>
                (Stored: map(reader), Place: new Place(reader.GetValue(2)!, reader.GetString(3))),
            [.. values]
        );
        var more = rows.Count > query.Limit;
        if (more)
            rows.RemoveAt(query.Limit);
        return new([.. rows.Select(r => r.Stored)], more ? rows[^1].Place.ToString() : null);
    }

    public static long Count<T>(SqliteSession session, Query<T> query, long now)
        where T : class, IDocument
    {
        var (where, values) = Where(query, now);
        return (long)
            session.Scalar(
                $"SELECT count(*) FROM {Schema.Table(query.Container)} WHERE {where}",
                [.. values]
            )!;
    }

    private static (string Where, List<object?> Values) Where<T>(Query<T> query, long now)
        where T : class, IDocument
    {
        var definition = query.Definition;
        if (query.Equal.Count != definition.Equal.Count)
            throw new ArgumentException(
                $"Query {query.Container.Name}.{query.Name} takes {definition.Equal.Count} values, not {query.Equal.Count}."
            );
        var values = new List<object?> { query.Partition };
        var where = "pk=$1";
        for (var i = 0; i < query.Equal.Count; i++)
        {
            values.Add(Value(query.Equal[i]));
            where += $" AND {Schema.Field(definition.Equal[i])}=${values.Count}";
        }
        foreach (var (bound, compare) in new[] { (query.From, ">="), (query.To, "<") })
            if (bound is not null)
            {
                values.Add(Value(bound));
                where += $" AND {Schema.Field(definition.OrderBy!)}{compare}${values.Count}";
            }
        if (query.Container.Expires)
        {
            values.Add(now);
            where += $" AND (expires IS NULL OR expires>${values.Count})";
        }
        return (where, values);
    }

    /// <summary>A value as json_extract gives it.</summary>
    internal static object Value(object value) =>
        value switch
        {
            bool yes => yes ? 1L : 0L,
            DateTimeOffset at => DocumentJson.Time(at),
            Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
            _ => value,
        };
}
