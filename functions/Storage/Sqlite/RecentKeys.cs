using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// The entries of a <see cref="KeyTable"/> that came last, in memory. Each of them put at once into a table of millions
/// would change a page of its own; so they are kept in the order of keys and merged slice by slice: after every
/// <see cref="Every"/> documents, one of <see cref="Slices"/> equal ranges of keys goes to the file, many entries to a page.
/// What is in memory only is read again from the documents when the database is opened after a crash.
/// </summary>
/// <remarks>This is a log-structured merge tree (O'Neil et al. 1996) of two levels, whose log are the documents.</remarks>
internal static class RecentKeys
{
    private const int Every = 64;

    // 512 slices: the entries of at most 32,768 documents are in memory, some 60 MB.
    private const int SliceBits = 9;
    private const int Slices = 1 << SliceBits;
    private const long Width = 1L << (64 - SliceBits);

    public static string Name(IContainer container, DocumentQuery query) =>
        $"temp.r_{container.Name}_{query.Name}";

    /// <summary>How far each slice has been merged: the number of the last document that then stood there.</summary>
    public const string Merged = """
        CREATE TABLE IF NOT EXISTS merged(
            name TEXT NOT NULL, slice INTEGER NOT NULL, num INTEGER NOT NULL,
            PRIMARY KEY(name, slice)) WITHOUT ROWID
        """;

    public const string MergedInOrder =
        "CREATE INDEX IF NOT EXISTS merged_num ON merged(name, num, slice)";

    /// <summary>For a table that holds all entries already, or none.</summary>
    public static void Begin(SqliteSession session, IReadOnlyList<IContainer> containers)
    {
        foreach (var (container, query) in All(containers))
            session.Execute(
                $"""
                WITH RECURSIVE slices(slice) AS (SELECT 0 UNION ALL SELECT slice+1 FROM slices WHERE slice<{Slices
                    - 1})
                INSERT OR IGNORE INTO merged(name, slice, num)
                SELECT $1, slice, (SELECT coalesce(max(num), 0) FROM {Schema.Table(container)}) FROM slices
                """,
                KeyTable.Name(container, query)
            );
    }

    /// <summary>Takes into memory what is in no file yet; on the session that writes, once.</summary>
    public static void Load(SqliteSession session, IReadOnlyList<IContainer> containers)
    {
        foreach (var (container, query) in All(containers))
            session.Execute(KeyTable.Definition(Name(container, query)));
        session.Execute("BEGIN");
        foreach (var container in containers.Where(Schema.HasKeys))
            KeyTable.Fill(
                session,
                container,
                container
                    .Queries.Where(q => q.AnyOf is not null)
                    .Min(q => MergedUpTo(session, container, q))
            );
        session.Execute("COMMIT");
    }

    /// <summary>The last document all of whose entries are in the file.</summary>
    public static long MergedUpTo(
        SqliteSession session,
        IContainer container,
        DocumentQuery query
    ) =>
        (long)
            session.Scalar(
                "SELECT min(num) FROM merged WHERE name=$1",
                KeyTable.Name(container, query)
            )!;

    /// <summary>Merges the slice whose turn it is, where enough documents have come since the last.</summary>
    /// <param name="session">The one that writes, inside a transaction.</param>
    /// <param name="containers">All.</param>
    public static void MergeNext(SqliteSession session, IReadOnlyList<IContainer> containers)
    {
        foreach (var (container, query) in All(containers))
        {
            var name = KeyTable.Name(container, query);
            var newest = Newest(session, container);
            var last = (long)session.Scalar("SELECT max(num) FROM merged WHERE name=$1", name)!;
            if (newest - last < Every)
                continue;
            var slice = (long)
                session.Scalar(
                    "SELECT slice FROM merged WHERE name=$1 ORDER BY num, slice LIMIT 1",
                    name
                )!;
            var from = long.MinValue + slice * Width;
            var to = from + (Width - 1);
            var recent = Name(container, query);
            session.Execute(
                $"INSERT OR IGNORE INTO {name} SELECT * FROM {recent} WHERE key BETWEEN $1 AND $2",
                from,
                to
            );
            session.Execute($"DELETE FROM {recent} WHERE key BETWEEN $1 AND $2", from, to);
            session.Execute(
                "UPDATE merged SET num=$3 WHERE name=$1 AND slice=$2",
                name,
                slice,
                newest
            );
        }
    }

    /// <summary>Merges everything, so that who opens the database next need not read it again.</summary>
    public static void MergeAll(SqliteSession session, IReadOnlyList<IContainer> containers)
    {
        session.Execute("BEGIN IMMEDIATE");
        foreach (var (container, query) in All(containers))
        {
            var name = KeyTable.Name(container, query);
            var recent = Name(container, query);
            session.Execute($"INSERT OR IGNORE INTO {name} SELECT * FROM {recent}");
            session.Execute($"DELETE FROM {recent}");
            session.Execute(
                "UPDATE merged SET num=$2 WHERE name=$1 AND num<>$2",
                name,
                Newest(session, container)
            );
        }
        session.Execute("COMMIT");
    }

    private static long Newest(SqliteSession session, IContainer container) =>
        session.Scalar($"SELECT max(num) FROM {Schema.Table(container)}") as long? ?? 0;

    private static IEnumerable<(IContainer, DocumentQuery)> All(
        IReadOnlyList<IContainer> containers
    ) => containers.SelectMany(c => c.Queries.Where(q => q.AnyOf is not null).Select(q => (c, q)));
}
