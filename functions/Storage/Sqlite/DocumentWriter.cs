using System.Globalization;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>Carries out one write inside the writer's transaction.</summary>
internal static class DocumentWriter
{
    public static WriteResult Write(SqliteSession session, Write write, string? body, long now)
    {
        var table = Schema.Table(write.Container);
        var keyed = write.Container.Queries.Any(q => q.AnyOf is not null);
        var current = session.Rows(
            $"SELECT etag, expires{(keyed ? ", body" : "")} FROM {table} WHERE pk=$1 AND id=$2",
            r =>
                (
                    ETag: r.GetInt64(0),
                    Expires: r.IsDBNull(1) ? (long?)null : r.GetInt64(1),
                    Body: keyed ? r.GetString(2) : null
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

        if (keyed)
            KeyTable.Change(
                session,
                write.Container,
                write.Partition,
                write.Id,
                current.Count > 0 ? current[0].Body : null,
                body
            );
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

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);
}
