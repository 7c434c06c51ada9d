using System.Globalization;
using System.Text.Json;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>Carries out one write inside the writer's transaction.</summary>
internal static class DocumentWriter
{
    public static WriteResult Write(SqliteSession session, Write write, string? body, long now)
    {
        var table = Schema.Table(write.Container);
        var keyed = write.Container.Queries.FirstOrDefault(q => q.AnyOf is not null);
        var current = session.Rows(
            $"SELECT etag, expires{(keyed is null ? "" : ", body")} FROM {table} WHERE pk=$1 AND id=$2",
            r =>
                (
                    ETag: r.GetInt64(0),
                    Expires: r.IsDBNull(1) ? (long?)null : r.GetInt64(1),
                    Body: keyed is null ? null : r.GetString(2)
                ),
            write.Partition,
            write.Id
        );
        var stands = current.Count > 0 && !(current[0].Expires <= now);

        switch (write.Kind)
        {
            case WriteKind.Create when stands:
                return new(WriteStatus.Exists, null);
            case WriteKind.Replace when !stands:
                return new(WriteStatus.Missing, null);
            case WriteKind.Replace
                when write.ETag is not null && write.ETag != Text(current[0].ETag):
                return new(WriteStatus.Changed, null);
        }

        if (keyed is not null)
            Index(session, write, keyed, current.Count > 0 ? current[0].Body : null, body);
        if (write.Kind == WriteKind.Delete)
        {
            session.Execute(
                $"DELETE FROM {table} WHERE pk=$1 AND id=$2",
                write.Partition,
                write.Id
            );
            return new(WriteStatus.Done, null);
        }

        var etag = (long)session.Scalar("UPDATE versions SET last=last+1 RETURNING last")!;
        session.Execute(
            $"""
            INSERT INTO {table}(pk, id, etag, expires, body) VALUES($1, $2, $3, $4, $5)
            ON CONFLICT(pk, id) DO UPDATE SET etag=excluded.etag, expires=excluded.expires, body=excluded.body
            """,
            write.Partition,
            write.Id,
            etag,
            (write.Document as IExpiring)?.ExpiresAt?.ToUnixTimeMilliseconds(),
            body
        );
        return new(WriteStatus.Done, Text(etag));
    }

    /// <summary>Deletes what has expired, at most so many documents, and their keys.</summary>
    public static int Purge(SqliteSession session, IContainer container, long now, int most)
    {
        var expired = session.Rows(
            $"SELECT pk, id FROM {Schema.Table(container)} WHERE expires<=$1 LIMIT $2",
            r => (Partition: r.GetString(0), Id: r.GetString(1)),
            now,
            most
        );
        foreach (var (partition, id) in expired)
            Write(session, new(WriteKind.Delete, container, partition, id, null, null), null, now);
        return expired.Count;
    }

    // Most replacements leave the keys as they are; then the side table is not touched.
    private static void Index(
        SqliteSession session,
        Write write,
        DocumentQuery query,
        string? before,
        string? after
    )
    {
        var (oldKeys, oldOrder) = Keys(query, before);
        var (newKeys, newOrder) = Keys(query, after);
        if (oldOrder == newOrder && oldKeys.SetEquals(newKeys))
            return;
        var table = Schema.KeyTable(write.Container, query);
        foreach (var key in oldKeys)
            session.Execute(
                $"DELETE FROM {table} WHERE pk=$1 AND key=$2 AND ord=$3 AND id=$4",
                write.Partition,
                key,
                oldOrder,
                write.Id
            );
        foreach (var key in newKeys)
            session.Execute(
                $"INSERT OR IGNORE INTO {table}(pk, key, ord, id) VALUES($1, $2, $3, $4)",
                write.Partition,
                key,
                newOrder,
                write.Id
            );
    }

    private static (HashSet<string> Keys, string Order) Keys(DocumentQuery query, string? body)
    {
        if (body is null)
            return ([], "");
        using var json = JsonDocument.Parse(body);
        var keys = json.RootElement.TryGetProperty(query.AnyOf!, out var array)
            ? array.EnumerateArray().Select(e => e.GetString()!).ToHashSet()
            : [];
        var order =
            query.OrderBy is { } field && json.RootElement.TryGetProperty(field, out var value)
                ? value.ToString()
                : "";
        return (keys, order);
    }

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);
}
