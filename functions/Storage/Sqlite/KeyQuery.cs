using System.Globalization;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// A query by any of several keys: for each key a short walk along the side table, and what came last, merged in order. It
/// reads at most keys times limit entries of the file, however many documents there are.
/// </summary>
/// <remarks>
/// The writer's time is everybody's: it is asked only for what it alone knows, which is what came last. The rest is read
/// beside it. What it had committed when it was asked, whoever looks later sees.
/// </remarks>
internal static class KeyQuery
{
    private const int MostKeys = 64;

    /// <param name="database">Where.</param>
    /// <param name="query">By keys.</param>
    /// <param name="now">What has expired by now is left out.</param>
    /// <param name="map">Makes a document of a row of version and body.</param>
    public static Page<T> Page<T>(
        SqliteDatabase database,
        Query<T> query,
        long now,
        Func<SqliteRow, Stored<T>> map
    )
        where T : class, IDocument
    {
        if (query.AnyOf.Count > MostKeys)
            throw new ArgumentException(
                $"A query takes at most {MostKeys} keys, not {query.AnyOf.Count}."
            );
        var walk = new KeyWalk(
            KeyTable.Name(query.Container, query.Definition),
            [.. query.AnyOf.Distinct().Select(k => KeyTable.Key(query.Partition, k))],
            Bounds(query),
            query.Definition.Descending,
            query.Limit + 1
        );
        var (entries, complete) = database.ReadAsWriter(session =>
        {
            var recent = walk.InMemory(session);
            return session.Recent[walk.Table].IsFileAhead
                ? ([.. recent, .. walk.InFile(session)], true)
                : (recent, false);
        });
        if (!complete)
            entries.AddRange(database.ReadCommitted(walk.InFile));
        var page = walk.Merge(entries);
        string? next = null;
        if (page.Count > query.Limit)
        {
            page.RemoveAt(query.Limit);
            var (order, number) = page[^1];
            next = new Place(order, number.ToString(CultureInfo.InvariantCulture)).ToString();
        }
        var found = database.ReadAsWriter(session =>
            page.ConvertAll(entry => Find(session, entry.Number))
        );
        var unread = found.FindAll(f => f.Content is null);
        if (unread.Count > 0)
            database.ReadCommitted(session =>
                session.AsOfOneMoment(() => unread.ConvertAll(f => Read(session, f)))
            );
        return new(
            [
                .. found
                    .Select(f => f.Content)
                    .Where(c => c is not null && !(c.Expires <= now))
                    .Select(c => (Stored<T>)c!.Stored),
            ],
            next
        );

        Found Find(SqliteSession session, long number)
        {
            var key = (query.Container.Name, number);
            var known = session.LastFound.Find(key);
            if (known is null)
                session.LastFound.KeepIfAskedAgain(key, known = new());
            // Others may have read it as something else.
            var found = new Found(number, known)
            {
                Content = known.Last is { Stored: Stored<T> } content ? content : null,
            };
            if (found.Content is null && session.Uncommitted.Contains(key))
                Read(session, found);
            return found;
        }

        List<FoundContent> Read(SqliteSession session, Found found) =>
            session.Rows(
                $"SELECT etag, body, expires FROM {Schema.Table(query.Container)} WHERE num=$1",
                row =>
                    found.Known.Last = found.Content =
                        new(map(row), row.IsNull(2) ? null : row.GetInt64(2)),
                found.Number
            );
    }

    // From the first, included, to the second, excluded.
    private static ((long Order, long Number) From, (long Order, long Number) To) Bounds<T>(
        Query<T> query
    )
        where T : class, IDocument
    {
        var from = (Of(query.From) ?? long.MinValue, long.MinValue);
        var to = (Of(query.To) ?? long.MaxValue, long.MinValue);
        if (query.After is null)
            return (from, to);
        var (order, number) = Place.Parse(query.After).Numbers;
        return query.Definition.Descending ? (from, (order, number)) : ((order, number + 1), to);

        static long? Of(object? bound) =>
            bound is null ? null : KeyTable.Order((DateTimeOffset)bound);
    }
}

/// <summary>The entries of some keys between two places, each key's first so many.</summary>
internal sealed record KeyWalk(
    string Table,
    IReadOnlyList<long> Keys,
    ((long Order, long Number) From, (long Order, long Number) To) Bounds,
    bool Descending,
    int Most
)
{
    private readonly string sql =
        $"SELECT ord, num FROM {Table} WHERE key=$1 AND (ord, num)>=($2, $3) AND (ord, num)<($4, $5) ORDER BY ord {Direction(Descending)}, num {Direction(Descending)} LIMIT $6";

    /// <summary>Those that are in the writer's memory.</summary>
    public List<(long Order, long Number)> InMemory(SqliteSession writer)
    {
        var found = new List<(long Order, long Number)>();
        foreach (var key in Keys)
            writer.Recent[Table].Find(key, Bounds.From, Bounds.To, found);
        return found;
    }

    /// <summary>Those that are in the file.</summary>
    public List<(long Order, long Number)> InFile(SqliteSession session) =>
        session.AsOfOneMoment(() =>
            Keys.SelectMany(key =>
                    session.Rows(
                        sql,
                        row => (row.GetInt64(0), row.GetInt64(1)),
                        key,
                        Bounds.From.Order,
                        Bounds.From.Number,
                        Bounds.To.Order,
                        Bounds.To.Number,
                        Most
                    )
                )
                .ToList()
        );

    /// <summary>The first of all, in order.</summary>
    public List<(long Order, long Number)> Merge(List<(long Order, long Number)> entries)
    {
        entries.Sort();
        if (Descending)
            entries.Reverse();
        return [.. entries.Distinct().Take(Most)];
    }

    private static string Direction(bool descending) => descending ? "DESC" : "ASC";
}

/// <summary>A document that was found by a key.</summary>
/// <param name="Number">Its number in its table.</param>
/// <param name="Known">What others have read of it.</param>
internal sealed record Found(long Number, FoundDocument Known)
{
    /// <summary>Null where nobody has read it as what is asked for, or it has gone.</summary>
    public FoundContent? Content { get; set; }
}

/// <summary>What was read last of a document that was found by a key; several threads read it at once.</summary>
internal sealed class FoundDocument
{
    private volatile FoundContent? last;

    public FoundContent? Last
    {
        get => last;
        set => last = value;
    }
}

/// <summary>A document as something, and in what millisecond it expires.</summary>
internal sealed record FoundContent(object Stored, long? Expires);
