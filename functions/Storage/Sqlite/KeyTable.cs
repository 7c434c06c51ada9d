using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// The side table of a query by any of several keys: an entry for each key of a document. A document has dozens, each
/// somewhere else in the table, so entries are as small as can be: a key stands there as 64 bits of its hash, together
/// with its partition's, a time as its ticks, and a document as its number in its own table.
/// </summary>
internal static class KeyTable
{
    public static string Name(IContainer container, DocumentQuery query) =>
        $"k_{container.Name}_{query.Name}";

    public static string Definition(IContainer container, DocumentQuery query) =>
        $"""
            CREATE TABLE IF NOT EXISTS {Name(container, query)}(
                key INTEGER NOT NULL, ord INTEGER NOT NULL, num INTEGER NOT NULL,
                PRIMARY KEY(key, ord, num)) WITHOUT ROWID
            """;

    /// <summary>A key of a partition as it stands in the table.</summary>
    public static long Key(string partition, string key) =>
        (long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{partition}\0{key}"));

    /// <summary>A time as it stands in the table.</summary>
    public static long Order(DateTimeOffset time) => time.UtcTicks;

    /// <summary>Puts the entries of a document in step with it. Most replacements leave them as they are; then nothing is touched.</summary>
    /// <param name="session">Inside a transaction.</param>
    /// <param name="container">The document's.</param>
    /// <param name="partition">The document's.</param>
    /// <param name="number">The document's, in its table.</param>
    /// <param name="before">Its body before, null where there was none.</param>
    /// <param name="after">Its body from now on, null where it goes.</param>
    public static void Change(
        SqliteSession session,
        IContainer container,
        string partition,
        long number,
        string? before,
        string? after
    )
    {
        foreach (var query in container.Queries.Where(q => q.AnyOf is not null))
        {
            var old = Entries(query, partition, before);
            var now = Entries(query, partition, after);
            var table = Name(container, query);
            var recent = session.Recent.GetValueOrDefault(table);
            foreach (var (key, order) in old.Where(e => !now.Contains(e)))
            {
                recent?.Remove(key, order, number);
                recent?.IsFileAhead = true;
                session.Execute(
                    $"DELETE FROM {table} WHERE key=$1 AND ord=$2 AND num=$3",
                    key,
                    order,
                    number
                );
            }
            foreach (var (key, order) in now.Where(e => !old.Contains(e)))
                if (recent?.Add(key, order, number) != true)
                {
                    recent?.IsFileAhead = true;
                    session.Execute(Insertion(table), key, order, number);
                }
        }
    }

    /// <summary>The statement that puts an entry into a table: key, order, number.</summary>
    public static string Insertion(string table) =>
        $"INSERT OR IGNORE INTO {table}(key, ord, num) VALUES($1, $2, $3)";

    /// <summary>
    /// Takes away what version 1 (keys and times written out) and version 2 (documents by their ids) found documents by,
    /// and numbers the documents.
    /// </summary>
    public static void TakeAway(SqliteSession session, IReadOnlyList<IContainer> containers)
    {
        foreach (var (container, query) in All(containers))
        {
            var table = Schema.Table(container);
            session.Execute($"DROP TABLE IF EXISTS {table}_{query.Name}");
            session.Execute($"DROP TABLE IF EXISTS {Name(container, query)}");
            session.Execute($"ALTER TABLE {table} RENAME TO {table}_before");
            session.Execute(Schema.Definition(container));
            session.Execute(
                $"INSERT INTO {table}(pk, id, etag, expires, body) SELECT pk, id, etag, expires, body FROM {table}_before"
            );
            session.Execute($"DROP TABLE {table}_before");
        }
    }

    /// <summary>Fills the tables from the documents.</summary>
    public static void Fill(SqliteSession session, IReadOnlyList<IContainer> containers)
    {
        foreach (var (container, query) in All(containers))
        foreach (var (number, entries) in Entries(session, container, query, 0))
        foreach (var (key, order) in entries)
            session.Execute(Insertion(Name(container, query)), key, order, number);
    }

    /// <summary>The entries of all documents after one of this number, document by document.</summary>
    public static IEnumerable<(
        long Number,
        IReadOnlyCollection<(long Key, long Order)> Entries
    )> Entries(SqliteSession session, IContainer container, DocumentQuery query, long after)
    {
        while (true)
        {
            var rows = session.Rows(
                $"SELECT num, pk, body FROM {Schema.Table(container)} WHERE num>$1 ORDER BY num LIMIT 500",
                r => (Number: r.GetInt64(0), Partition: r.GetString(1), Body: r.GetString(2)),
                after
            );
            foreach (var row in rows)
                yield return (row.Number, Entries(query, row.Partition, row.Body));
            if (rows.Count < 500)
                yield break;
            after = rows[^1].Number;
        }
    }

    /// <summary>All that have such a table.</summary>
    public static IEnumerable<(IContainer Container, DocumentQuery Query)> All(
        IReadOnlyList<IContainer> containers
    ) => containers.SelectMany(c => c.Queries.Where(q => q.AnyOf is not null).Select(q => (c, q)));

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
