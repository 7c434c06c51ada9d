using System.Globalization;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>Carries out one write inside the writer's transaction.</summary>
internal static class DocumentWriter
{
    public static WriteResult Write(SqliteSession session, Write write, string? body, long now)
    {
        if (WriteAtOnce(session, write, body, now) is { } done)
            return done;
        var table = Schema.Table(write.Container);
        var keyed = Schema.HasKeys(write.Container);
        var current = session.Rows(
            $"SELECT etag, expires{(keyed ? ", num, body" : "")} FROM {table} WHERE pk=$1 AND id=$2",
            r =>
                (
                    ETag: r.GetInt64(0),
                    Expires: r.IsNull(1) ? (long?)null : r.GetInt64(1),
                    Number: keyed ? r.GetInt64(2) : 0,
                    Body: keyed ? r.GetString(3) : null
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

        if (write.Kind == WriteKind.Delete)
        {
            session.Execute(
                $"DELETE FROM {table} WHERE pk=$1 AND id=$2",
                write.Partition,
                write.Id
            );
            if (keyed && current.Count > 0)
                ChangeKeys(current[0].Number);
            return new(WriteStatus.Done, null);
        }

        var etag = ++session.LastVersion;
        var number = session.Scalar(
            $"""
            INSERT INTO {table}(pk, id, etag, expires, body) VALUES($1, $2, $3, $4, $5)
            ON CONFLICT(pk, id) DO UPDATE SET etag=excluded.etag, expires=excluded.expires, body=excluded.body
            {(keyed ? "RETURNING num" : "")}
            """,
            write.Partition,
            write.Id,
            etag,
            (write.Document as IExpiring)?.ExpiresAt?.ToUnixTimeMilliseconds(),
            body
        );
        if (keyed)
            ChangeKeys((long)number!);
        return new(WriteStatus.Done, Text(etag));

        void ChangeKeys(long of)
        {
            session.LastFound.Forget((write.Container.Name, of));
            session.Uncommitted.Add((write.Container.Name, of));
            KeyTable.Change(
                session,
                write.Container,
                write.Partition,
                of,
                current.Count > 0 ? current[0].Body : null,
                body
            );
        }
    }

    // What is created seldom is there, and what is replaced seldom has changed: then one statement does, and nothing need
    // be read before. Null where it does not.
    private static WriteResult? WriteAtOnce(
        SqliteSession session,
        Write write,
        string? body,
        long now
    )
    {
        var table = Schema.Table(write.Container);
        var keyed = Schema.HasKeys(write.Container);
        var expires = (write.Document as IExpiring)?.ExpiresAt?.ToUnixTimeMilliseconds();
        var etag = session.LastVersion + 1;
        var number = write switch
        {
            { Kind: WriteKind.Create } => session.Scalar(
                $"""
                INSERT INTO {table}(pk, id, etag, expires, body) VALUES($1, $2, $3, $4, $5)
                ON CONFLICT(pk, id) DO NOTHING RETURNING rowid
                """,
                write.Partition,
                write.Id,
                etag,
                expires,
                body
            ),
            { Kind: WriteKind.Replace } when !keyed && Number(write.ETag) is { } before =>
                session.Scalar(
                    $"""
                    UPDATE {table} SET etag=$3, expires=$4, body=$5
                    WHERE pk=$1 AND id=$2 AND etag=$6 AND (expires IS NULL OR expires>$7) RETURNING rowid
                    """,
                    write.Partition,
                    write.Id,
                    etag,
                    expires,
                    body,
                    before,
                    now
                ),
            _ => null,
        };
        if (number is null)
            return null;
        session.LastVersion = etag;
        if (keyed)
        {
            session.Uncommitted.Add((write.Container.Name, (long)number));
            KeyTable.Change(session, write.Container, write.Partition, (long)number, null, body);
        }
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

    /// <summary>Goes on from the version that was given last, by this process or one before it.</summary>
    public static void TakeVersion(SqliteSession session) =>
        session.LastVersion = (long)session.Scalar("SELECT last FROM versions")!;

    /// <summary>Before a commit. Versions that went with a lost transaction were told to somebody and are not given again.</summary>
    public static void KeepVersion(SqliteSession session) =>
        session.Execute("UPDATE versions SET last=$1", session.LastVersion);

    private static long? Number(string? etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);
}
