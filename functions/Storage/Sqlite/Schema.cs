using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>The tables: one a container with an index a query, a side table for each array that is searched, and the queues.</summary>
internal static class Schema
{
    private const int Version = 5;

    // "OPPL": tells our files from other SQLite databases.
    public const int ApplicationId = 0x4F50504C;

    public static void Apply(SqliteSession session, IReadOnlyList<IContainer> containers)
    {
        var version = (long)session.Scalar("PRAGMA user_version")!;
        if (version > Version)
            throw new InvalidOperationException(
                $"The database is of version {version}; this program knows versions up to {Version}. Use the newer program."
            );
        session.Execute("BEGIN IMMEDIATE");
        if (version is 1 or 2)
            KeyTable.TakeAway(session, containers);
        if (version is > 0 and < 5)
            DropIndexes(session, containers);
        foreach (var container in containers)
        foreach (var statement in Of(container))
            session.Execute(statement);
        session.Execute(RecentKeys.Watermark);
        RecentKeys.Begin(session, containers);
        if (version is 1 or 2)
            KeyTable.Fill(session, containers);
        session.Execute(
            """
            CREATE TABLE IF NOT EXISTS messages(
                seq INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, body TEXT NOT NULL,
                visible INTEGER NOT NULL, taken INTEGER NOT NULL DEFAULT 0, receipt TEXT)
            """
        );
        session.Execute("CREATE INDEX IF NOT EXISTS messages_queue ON messages(queue, seq)");
        session.Execute(
            """
            CREATE TABLE IF NOT EXISTS poison(
                seq INTEGER PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL, since INTEGER NOT NULL)
            """
        );
        session.Execute("CREATE TABLE IF NOT EXISTS versions(last INTEGER NOT NULL)");
        session.Execute("INSERT INTO versions SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM versions)");
        session.Execute($"PRAGMA application_id={ApplicationId}");
        session.Execute($"PRAGMA user_version={Version}");
        session.Execute("COMMIT");
    }

    public static string Table(IContainer container) => $"c_{container.Name}";

    /// <summary>True where documents are found by any of several keys, in a <see cref="KeyTable"/>.</summary>
    public static bool HasKeys(IContainer container) =>
        container.Queries.Any(q => q.AnyOf is not null);

    /// <summary>The table of a container. Where keys find its documents, each has a number, which stays when the file is copied.</summary>
    public static string Definition(IContainer container) =>
        $"""
            CREATE TABLE IF NOT EXISTS {Table(container)}({(
                HasKeys(container) ? "num INTEGER PRIMARY KEY, " : ""
            )}
                pk TEXT NOT NULL, id TEXT NOT NULL, etag INTEGER NOT NULL, expires INTEGER, body TEXT NOT NULL,
                UNIQUE(pk, id))
            """;

    /// <summary>The expression by which a top-level field is indexed and queried; the two must be the same text.</summary>
    public static string Field(string name) => $"json_extract(body,'$.{name}')";

    private static IEnumerable<string> Of(IContainer container)
    {
        var table = Table(container);
        yield return Definition(container);
        if (container.FoundById)
            yield return $"CREATE INDEX IF NOT EXISTS {table}__id ON {table}(id)";
        if (container.Expires)
            yield return $"CREATE INDEX IF NOT EXISTS {table}__expires ON {table}(expires) WHERE expires IS NOT NULL";
        foreach (var query in container.Queries)
        {
            if (query.AnyOf is not null)
            {
                yield return KeyTable.Definition(container, query);
                continue;
            }
            var fields = query.Equal.Select(Field).ToList();
            if (query.OrderBy is { } order)
                fields.Add(Field(order));
            // Most documents lack most of these fields, and nobody asks for those that do.
            var where = query.Equal.Count > 0 ? $" WHERE {fields[0]} IS NOT NULL" : "";
            yield return $"CREATE INDEX IF NOT EXISTS {Index(container, query)} ON {table}(pk, {string.Join(", ", [.. fields, "id"])}){where}";
        }
    }

    private static string Index(IContainer container, DocumentQuery query) =>
        $"{Table(container)}_{query.Name}";

    // Up to version 4 every document stood in every index, and every container had one by the id.
    private static void DropIndexes(SqliteSession session, IReadOnlyList<IContainer> containers)
    {
        foreach (var container in containers)
        {
            session.Execute($"DROP INDEX IF EXISTS {Table(container)}__id");
            foreach (var query in container.Queries.Where(q => q.Equal.Count > 0))
                session.Execute($"DROP INDEX IF EXISTS {Index(container, query)}");
        }
    }
}
