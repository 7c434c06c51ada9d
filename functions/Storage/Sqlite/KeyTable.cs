using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// The side table of a query by any of several keys: an entry for each key of a document. A document has dozens, each
/// somewhere else in the table, so entries are as small as can be: a key stands there as 64 bits of its hash, together
/// with its partition's, and a time as its ticks.
/// </summary>
internal static class KeyTable
{
    public static string Name(IContainer container, DocumentQuery query) =>
        $"k_{container.Name}_{query.Name}";

    public static string Definition(IContainer container, DocumentQuery query) =>
        $"""
            CREATE TABLE IF NOT EXISTS {Name(container, query)}(
                key INTEGER NOT NULL, ord INTEGER NOT NULL, id TEXT NOT NULL,
                PRIMARY KEY(key, ord, id)) WITHOUT ROWID
            """;

    /// <summary>A key of a partition as it stands in the table.</summary>
    public static long Key(string partition, string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{partition}\0{key}"), hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    /// <summary>A time as it stands in the table.</summary>
    public static long Order(DateTimeOffset time) => time.UtcTicks;

    /// <summary>Puts the entries of a document in step with it. Most replacements leave them as they are; then nothing is touched.</summary>
    /// <param name="session">Inside a transaction.</param>
    /// <param name="container">The document's.</param>
    /// <param name="partition">The document's.</param>
    /// <param name="id">The document's.</param>
    /// <param name="before">Its body before, null where there was none.</param>
    /// <param name="after">Its body from now on, null where it goes.</param>
    public static void Change(
        SqliteSession session,
        IContainer container,
        string partition,
        string id,
        string? before,
        string? after
    )
    {
        foreach (var query in container.Queries.Where(q => q.AnyOf is not null))
        {
            var old = Entries(query, partition, before);
            var now = Entries(query, partition, after);
            foreach (var (key, order) in old.Except(now))
                session.Execute(
                    $"DELETE FROM {Name(container, query)} WHERE key=$1 AND ord=$2 AND id=$3",
                    key,
                    order,
                    id
                );
            foreach (var (key, order) in now.Except(old))
                session.Execute(
                    $"INSERT INTO {Name(container, query)}(key, ord, id) VALUES($1, $2, $3)",
                    key,
                    order,
                    id
                );
        }
    }

    /// <summary>Fills the tables from the documents of a database of version 1, where keys and times were written out.</summary>
    public static void MakeAnew(SqliteSession session, IReadOnlyList<IContainer> containers)
    {
        foreach (var container in containers)
        foreach (var query in container.Queries.Where(q => q.AnyOf is not null))
        {
            session.Execute($"DROP TABLE IF EXISTS c_{container.Name}_{query.Name}");
            var (partition, id) = ("", "");
            while (true)
            {
                var rows = session.Rows(
                    $"SELECT pk, id, body FROM {Schema.Table(container)} WHERE (pk, id) > ($1, $2) ORDER BY pk, id LIMIT 500",
                    r => (Partition: r.GetString(0), Id: r.GetString(1), Body: r.GetString(2)),
                    partition,
                    id
                );
                foreach (var row in rows)
                    Change(session, container, row.Partition, row.Id, null, row.Body);
                if (rows.Count < 500)
                    break;
                (partition, id, _) = rows[^1];
            }
        }
    }

    private static HashSet<(long Key, long Order)> Entries(
        DocumentQuery query,
        string partition,
        string? body
    )
    {
        if (body is null)
            return [];
        using var json = JsonDocument.Parse(body);
        if (!json.RootElement.TryGetProperty(query.AnyOf!, out var keys))
            return [];
        var order = Order(json.RootElement.GetProperty(query.OrderBy!).GetDateTimeOffset());
        return [.. keys.EnumerateArray().Select(k => (Key(partition, k.GetString()!), order))];
    }
}
