using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>The document contract over a <see cref="SqliteDatabase"/>.</summary>
public sealed class SqliteDocumentStore(
    SqliteDatabase database,
    TimeProvider time,
    Durability durability
) : IDocumentStore, IPurgingStore
{
    public Task<Stored<T>?> ReadAsync<T>(
        Container<T> container,
        string partition,
        string id,
        CancellationToken cancellation
    )
        where T : class, IDocument
    {
        cancellation.ThrowIfCancellationRequested();
        var rows = Read(session =>
            session.Rows(
                $"SELECT etag, body FROM {Schema.Table(container)} WHERE pk=$1 AND id=$2 AND (expires IS NULL OR expires>$3)",
                Stored<T>,
                partition,
                id,
                Now
            )
        );
        return Task.FromResult(rows.Count == 0 ? null : rows[0]);
    }

    public Task<IReadOnlyList<Stored<T>>> FindAsync<T>(
        Container<T> container,
        string id,
        CancellationToken cancellation
    )
        where T : class, IDocument
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Stored<T>>>(
            Read(session =>
                session.Rows(
                    $"SELECT etag, body FROM {Schema.Table(container)} WHERE id=$1 AND (expires IS NULL OR expires>$2)",
                    Stored<T>,
                    id,
                    Now
                )
            )
        );
    }

    public Task<IReadOnlyList<WriteResult>> WriteAsync(
        IReadOnlyList<Write> writes,
        CancellationToken cancellation
    )
    {
        if (writes.Count == 0)
            return Task.FromResult<IReadOnlyList<WriteResult>>([]);
        // Serialised on the caller's thread: the writer's time is everybody's.
        var bodies = writes
            .Select(w =>
                w.Document is null
                    ? null
                    : JsonSerializer.Serialize(
                        w.Document,
                        w.Document.GetType(),
                        DocumentJson.Options
                    )
            )
            .ToList();
        var now = Now;
        return database.WriteAsync<IReadOnlyList<WriteResult>>(
            session =>
            {
                var results = new WriteResult[writes.Count];
                for (var i = 0; i < writes.Count; i++)
                    results[i] = DocumentWriter.Write(session, writes[i], bodies[i], now);
                return results;
            },
            durability,
            cancellation
        );
    }

    public Task<Page<T>> QueryAsync<T>(Query<T> query, CancellationToken cancellation)
        where T : class, IDocument
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(
            query.Definition.AnyOf is null
                ? Read(session => OrderedQuery.Page(session, query, Now, Stored<T>))
                : KeyQuery.Page(database, query, Now, Stored<T>)
        );
    }

    public Task<long> CountAsync<T>(Query<T> query, CancellationToken cancellation)
        where T : class, IDocument
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Read(session => OrderedQuery.Count(session, query, Now)));
    }

    public async IAsyncEnumerable<Stored<T>> ScanAsync<T>(
        Container<T> container,
        [EnumeratorCancellation] CancellationToken cancellation
    )
        where T : class, IDocument
    {
        var (partition, id) = ("", "");
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Read(session =>
                session.Rows(
                    $"""
                    SELECT etag, body, pk, id FROM {Schema.Table(container)}
                    WHERE (pk, id) > ($1, $2) AND (expires IS NULL OR expires>$3) ORDER BY pk, id LIMIT 500
                    """,
                    reader => (Stored<T>(reader), reader.GetString(2), reader.GetString(3)),
                    partition,
                    id,
                    Now
                )
            );
            foreach (var (stored, _, _) in rows)
                yield return stored;
            if (rows.Count < 500)
                yield break;
            (_, partition, id) = rows[^1];
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public Task<int> PurgeExpiredAsync(
        IReadOnlyList<IContainer> containers,
        int most,
        CancellationToken cancellation
    ) =>
        database.WriteAsync(
            session =>
                containers
                    .Where(c => c.Expires)
                    .Sum(c => DocumentWriter.Purge(session, c, Now, most)),
            Durability.Synced,
            cancellation
        );

    // The steps read and write in turn, short pieces each; pages read beside them and keep nobody waiting.
    private T Read<T>(Func<SqliteSession, T> read) =>
        durability == Durability.Ordered ? database.ReadAsWriter(read) : database.Read(read);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static Stored<T> Stored<T>(SqliteRow row)
        where T : class, IDocument =>
        new(
            // As it lies there: a string would be made of it and taken apart again.
            JsonSerializer.Deserialize<T>(row.GetBytes(1), DocumentJson.Options)!,
            row.GetInt64(0).ToString(CultureInfo.InvariantCulture)
        );
}
