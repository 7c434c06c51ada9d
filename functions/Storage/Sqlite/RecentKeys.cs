using System.Runtime.InteropServices;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// The entries of a <see cref="KeyTable"/> that came last, in memory. Each of them put at once into a table of millions
/// would change a page of its own; so they are merged slice by slice: after every <see cref="Every"/> documents, one of
/// <see cref="Slices"/> equal ranges of keys goes to the file, in its order and many entries to a page. What is in memory
/// only is read again from the documents when the database is opened.
/// </summary>
/// <remarks>
/// This is a log-structured merge tree of two levels (O'Neil et al. 1996), whose log are the documents. Used by whoever
/// has the writer's turn.
/// </remarks>
internal sealed class RecentKeys(SqliteSession session, IContainer container, DocumentQuery query)
{
    private const int Every = 32;

    // The entries of at most 65,536 documents are in memory, some 50 MB.
    private const int SliceBits = 11;
    private const int Slices = 1 << SliceBits;

    private readonly string table = KeyTable.Name(container, query);
    private readonly string insertion = KeyTable.Insertion(KeyTable.Name(container, query));
    private readonly Slice[] slices = [.. Enumerable.Range(0, Slices).Select(_ => new Slice())];

    // To which document each slice has been merged. They are merged in turn: the next has waited longest.
    private readonly long[] merged = new long[Slices];
    private int next;
    private long last;
    private long newest;
    private bool known;

    /// <summary>Where it is kept up to which document all entries are in the file.</summary>
    public const string Watermark =
        "CREATE TABLE IF NOT EXISTS merged(name TEXT PRIMARY KEY, num INTEGER NOT NULL) WITHOUT ROWID";

    /// <summary>For a database whose tables hold all entries, as those of an earlier version do, or none.</summary>
    public static void Begin(SqliteSession session, IReadOnlyList<IContainer> containers)
    {
        foreach (var (container, query) in KeyTable.All(containers))
            session.Execute(
                $"INSERT OR IGNORE INTO merged(name, num) SELECT $1, coalesce(max(num), 0) FROM {Schema.Table(container)}",
                KeyTable.Name(container, query)
            );
    }

    /// <summary>True where entries in the file were changed since the last commit: only the writer sees them as they are.</summary>
    public bool IsFileAhead { get; set; }

    /// <summary>Forgets what is in memory: it is no longer what the database holds.</summary>
    public void Forget() => (known, IsFileAhead) = (false, false);

    /// <summary>Reads from the documents what is not in the file, where nothing is known of it.</summary>
    public void Load()
    {
        if (known)
            return;
        foreach (var slice in slices)
            slice.Clear();
        last = (long)session.Scalar("SELECT num FROM merged WHERE name=$1", table)!;
        (next, newest) = (0, last);
        Array.Fill(merged, last);
        foreach (var (number, entries) in KeyTable.Entries(session, container, query, last))
        foreach (var (key, order) in entries)
        {
            Of(key).Add(key, (order, number));
            newest = number;
        }
        known = true;
    }

    /// <summary>Puts an entry.</summary>
    /// <returns>False where it belongs into the file: its document is not new.</returns>
    public bool Add(long key, long order, long number)
    {
        // What was merged since would not be looked at again.
        if (number <= last)
            return false;
        newest = Math.Max(newest, number);
        Of(key).Add(key, (order, number));
        return true;
    }

    /// <summary>Takes an entry away, if it is here.</summary>
    public void Remove(long key, long order, long number)
    {
        var slice = Of(key);
        var at = slice.IndexOf(key);
        while (at >= 0 && slice.Values[at] != (order, number))
            at = slice.IndexOf(key, at + 1);
        if (at >= 0)
            slice.RemoveAt(at);
    }

    /// <summary>Adds to a list the entries of a key from the first place, included, to the second, excluded.</summary>
    public void Find(
        long key,
        (long Order, long Number) from,
        (long Order, long Number) to,
        List<(long Order, long Number)> found
    )
    {
        Load();
        var slice = Of(key);
        for (var at = slice.IndexOf(key); at >= 0; at = slice.IndexOf(key, at + 1))
            if (slice.Values[at].CompareTo(from) >= 0 && slice.Values[at].CompareTo(to) < 0)
                found.Add(slice.Values[at]);
    }

    /// <summary>Merges as many slices as the documents that came call for; before a commit.</summary>
    public void Merge()
    {
        for (var due = (newest - last) / Every; due > 0; due--)
        {
            Merge(next);
            merged[next] = newest;
            next = (next + 1) % Slices;
            last = newest;
        }
        KeepWatermark();
    }

    /// <summary>Merges everything, so that whoever opens the database next need read nothing again.</summary>
    public void MergeAll()
    {
        for (var slice = 0; slice < Slices; slice++)
            Merge(slice);
        Array.Fill(merged, newest);
        last = newest;
        KeepWatermark();
    }

    private void Merge(int index)
    {
        var slice = slices[index];
        slice.Sort();
        for (var at = 0; at < slice.Keys.Count; at++)
            session.Execute(
                insertion,
                slice.Keys[at],
                slice.Values[at].Order,
                slice.Values[at].Number
            );
        slice.Clear();
    }

    private void KeepWatermark() =>
        session.Execute("UPDATE merged SET num=$2 WHERE name=$1 AND num<>$2", table, merged[next]);

    // Keys are hashes: each slice gets as many.
    private Slice Of(long key) => slices[(int)((ulong)key >> (64 - SliceBits))];

    // Two lists, so that a key is looked for among keys alone: that is a comparison of several at once.
    private sealed class Slice
    {
        public List<long> Keys { get; } = [];

        public List<(long Order, long Number)> Values { get; } = [];

        public int IndexOf(long key, int from = 0)
        {
            var at = CollectionsMarshal.AsSpan(Keys)[from..].IndexOf(key);
            return at < 0 ? at : at + from;
        }

        public void Add(long key, (long Order, long Number) value)
        {
            Keys.Add(key);
            Values.Add(value);
        }

        public void RemoveAt(int at)
        {
            Keys.RemoveAt(at);
            Values.RemoveAt(at);
        }

        public void Sort() =>
            CollectionsMarshal.AsSpan(Keys).Sort(CollectionsMarshal.AsSpan(Values));

        public void Clear()
        {
            Keys.Clear();
            Values.Clear();
        }
    }
}
