using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// The one database file of a data folder: a table a container, and the queues. There is one connection that writes;
/// whoever finds it free puts whatever waits into one transaction, so that many callers share one flush to disk.
/// </summary>
/// <remarks>
/// A write marked <see cref="Durability.Synced"/> survives a power cut once it has returned. One marked
/// <see cref="Durability.Ordered"/> is seen by everybody once it has returned, and is committed with others within
/// <see cref="Deferred"/>; a crash before, or a write that fails, loses it only together with everything after it. The
/// steps of the pipeline use the second. That loses nothing, because the deletion of a message comes after the effects of
/// the step: either both are there, or the message is worked off again.
/// </remarks>
public sealed class SqliteDatabase : IAsyncDisposable
{
    /// <summary>The database's file name inside the data folder.</summary>
    public const string FileName = "pipeline.db";

    private const int MostAtOnce = 256;
    private const int MostDeferred = 65_536;
    private const int BusyTimeout = 10_000;

    // Whoever reads longer, as a backup does, is not waited for.
    private static readonly TimeSpan ForReaders = TimeSpan.FromMilliseconds(20);

    // A commit writes every page that was changed, and those that steps change are often the same.
    private static readonly TimeSpan Deferred = TimeSpan.FromSeconds(5);

    private readonly string connectionString;
    private readonly FileStream owner;
    private readonly Readers readers;
    private readonly ConcurrentQueue<Work> waiting = [];
    private readonly SemaphoreSlim turn = new(1);
    private readonly SqliteSession writer;
    private readonly Timer commit;
    private volatile bool open;
    private volatile bool closed;
    private readonly SafeFileHandle log;
    private int written;
    private Task checkpoint = Task.CompletedTask;

    /// <summary>Opens the database of a folder, or makes it.</summary>
    /// <exception cref="InvalidOperationException">Another process owns the folder, or a newer version wrote it.</exception>
    public SqliteDatabase(string folder)
    {
        Directory.CreateDirectory(folder);
        Folder = folder;
        owner = FolderLock.Take(folder);
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, FileName),
            Pooling = false,
        }.ConnectionString;
        readers = new(Open);
        try
        {
            writer = Open();
            // Ids and keys lie scattered over all of their indexes: eight times what a reader keeps (sixteen bring nothing,
            // neither among 80,000 submissions nor a million), and a log that takes a page's many changes before it goes to
            // the database, which is done beside the writer.
            writer.Execute("PRAGMA cache_size=-131072");
            writer.Execute("PRAGMA wal_autocheckpoint=0");
            Schema.Apply(writer, Containers.All);
            DocumentWriter.TakeVersion(writer);
            foreach (var (container, query) in KeyTable.All(Containers.All))
            {
                var recent = new RecentKeys(writer, container, query);
                recent.Load();
                writer.Recent.Add(KeyTable.Name(container, query), recent);
            }
            writer.Execute("PRAGMA synchronous=NORMAL");
            log = File.OpenHandle(
                Path.Combine(folder, FileName + "-wal"),
                FileMode.Open,
                FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete
            );
            commit = new(_ => CommitOpen());
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of the log before they go to the database.</summary>
    public long MostInLog { get; init; } = 256 << 20;

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    /// <summary>Reads on the caller's thread and keeps nobody waiting; SQLite answers from memory or one seek.</summary>
    internal T Read<T>(Func<SqliteSession, T> read)
    {
        CommitOpen();
        return ReadCommitted(read);
    }

    /// <summary>The same, of what has been committed so far.</summary>
    internal T ReadCommitted<T>(Func<SqliteSession, T> read) => readers.Read(read);

    /// <summary>
    /// Reads on the connection that writes: it has the pages that it wrote, while every other has to look for its own anew
    /// after each commit. For short reads only, writers wait for it.
    /// </summary>
    internal T ReadAsWriter<T>(Func<SqliteSession, T> read)
    {
        turn.Wait();
        try
        {
            return closed ? throw Closed() : read(writer);
        }
        finally
        {
            turn.Release();
            RunWaiting();
        }
    }

    /// <summary>Writes, together with others that wait.</summary>
    internal async Task<T> WriteAsync<T>(
        Func<SqliteSession, T> write,
        Durability durability,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        T result = default!;
        var item = new Work(session => result = write(session), durability);
        waiting.Enqueue(item);
        RunWaiting();
        await item.Finished.Task;
        return result;
    }

    private static InvalidOperationException Closed() => new("The database is closed.");

    // Whoever has the turn looks again once it is given back, so nothing is left lying.
    private void RunWaiting()
    {
        if (waiting.IsEmpty || !turn.Wait(0))
            return;
        List<Work> committed;
        try
        {
            committed = RunBatch();
        }
        finally
        {
            turn.Release();
        }
        // Nobody is kept for what others wait for, nor for the work of all that come after.
        if (committed.Count > 0)
            ThreadPool.QueueUserWorkItem(_ => Flush(committed));
        if (!waiting.IsEmpty)
            ThreadPool.QueueUserWorkItem(_ => RunWaiting());
    }

    // Answers whoever is content with order; gives back who waits for the disk.
    private List<Work> RunBatch()
    {
        var batch = new List<Work>();
        while (batch.Count < MostAtOnce && waiting.TryDequeue(out var item))
            if (closed)
                item.Finished.SetException(Closed());
            else
                batch.Add(item);
        Run(batch);
        var synced = batch.FindAll(w => w.Durability == Durability.Synced);
        if ((synced.Count > 0 || written >= MostDeferred) && Commit() is { } lost)
        {
            foreach (var item in batch)
                item.Finished.SetException(lost);
            return [];
        }
        foreach (var item in batch.Where(w => w.Durability == Durability.Ordered))
            item.Finished.SetResult();
        return synced;
    }

    // The log is flushed here and not by SQLite: whoever writes next need not wait for the disk. What is committed can be
    // recovered from the log once the log is on disk; before it is written over, SQLite itself flushes what it held.
    private void Flush(List<Work> committed)
    {
        if (committed.Count == 0)
            return;
        try
        {
            RandomAccess.FlushToDisk(log);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            foreach (var item in committed)
                item.Finished.SetException(e);
            return;
        }
        foreach (var item in committed)
            item.Finished.SetResult();
    }

    // Whoever fails is told so and goes from the batch. Where it failed before it had changed anything, that is all; else
    // everything since the last commit is taken back and the batch's others are run again. A savepoint for each would
    // spare what was before, but SQLite then puts aside every page that is changed: a fifth of the whole work, for what
    // takes a fault of the program or of the machine.
    private void Run(List<Work> batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var before = writer.Changes;
            try
            {
                Begin();
                batch[i].Run(writer);
                written++;
            }
            catch (Exception e)
            {
                batch[i].Finished.SetException(e);
                batch.RemoveAt(i--);
                if (writer.InTransaction && writer.Changes == before)
                    continue;
                Undo();
                i = -1;
            }
        }
    }

    private void Begin()
    {
        foreach (var recent in writer.Recent.Values)
            recent.Load();
        if (open)
            return;
        writer.Execute("BEGIN IMMEDIATE");
        (open, written) = (true, 0);
        commit.Change(Deferred, Timeout.InfiniteTimeSpan);
    }

    // Back to the last commit: what was ordered only since then is lost as after a crash, and will be done again.
    private void Undo()
    {
        open = false;
        foreach (var recent in writer.Recent.Values)
            recent.Forget();
        writer.LastFound.Clear();
        writer.Uncommitted.Clear();
        try
        {
            writer.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled it back by itself, as it does when the disk is full.
        }
    }

    private void CommitOpen()
    {
        if (!open)
            return;
        turn.Wait();
        try
        {
            Commit();
        }
        finally
        {
            turn.Release();
            RunWaiting();
        }
    }

    // The fault where the disk is full or gone. What was ordered only is lost then: as after a crash, it will be done again.
    private SqliteException? Commit(bool closing = false)
    {
        if (!open)
            return null;
        try
        {
            foreach (var recent in writer.Recent.Values)
                if (closing)
                    recent.MergeAll();
                else
                    recent.Merge();
            DocumentWriter.KeepVersion(writer);
            writer.Execute("COMMIT");
            writer.Uncommitted.Clear();
            foreach (var recent in writer.Recent.Values)
                recent.IsFileAhead = false;
            if (checkpoint.IsCompleted && RandomAccess.GetLength(log) >= MostInLog)
                checkpoint = Task.Run(Checkpoint);
            return null;
        }
        catch (SqliteException e)
        {
            Undo();
            return e;
        }
        finally
        {
            // Not before: a reader who sees nothing open looks at once.
            open = false;
        }
    }

    // Brings the log into the database. Most of it while others read and write, then what they wrote meanwhile, which is less,
    // and what little is left while they are kept out: only while nobody reads can the log begin anew.
    private void Checkpoint()
    {
        try
        {
            using (var session = Open())
                for (var round = 0; round < 2; round++)
                    session.Execute("PRAGMA wal_checkpoint(PASSIVE)");
            readers.KeepOut(ForReaders, BeginLogAnew);
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            // The log stays, and with it all that was committed. The next commit begins again.
        }
    }

    private void BeginLogAnew()
    {
        turn.Wait();
        try
        {
            if (closed)
                return;
            Commit();
            // By the writer, which else would have to read all of its pages again; and no other program is waited for.
            writer.Execute("PRAGMA busy_timeout=0");
            try
            {
                writer.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            finally
            {
                writer.Execute($"PRAGMA busy_timeout={BusyTimeout}");
            }
        }
        finally
        {
            turn.Release();
            RunWaiting();
        }
    }

    internal SqliteSession Open()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            // Plans do not depend on values: else a statement on a table with indexed expressions is compiled anew for each.
            SQLitePCL.raw.sqlite3_db_config(
                connection.Handle!,
                SQLitePCL.raw.SQLITE_DBCONFIG_ENABLE_QPSG,
                1,
                out _
            );
            var session = new SqliteSession(connection);
            foreach (
                var setting in new[]
                {
                    "journal_mode=WAL",
                    $"busy_timeout={BusyTimeout}",
                    "cache_size=-16384",
                    "temp_store=MEMORY",
                }
            )
                session.Execute($"PRAGMA {setting}");
            return session;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new InvalidOperationException(
                $"The database {Path.Combine(Folder, FileName)} cannot be opened: {e.Message}",
                e
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (closed)
            return;
        await turn.WaitAsync();
        while (!waiting.IsEmpty)
            Flush(RunBatch());
        Commit();
        // Where that fails, as on a full disk, whoever opens the database next reads the keys from the documents.
        Begin();
        Commit(closing: true);
        closed = true;
        turn.Release();
        // Who came too late is told so.
        RunWaiting();
        await checkpoint;
        await commit.DisposeAsync();
        log.Dispose();
        writer.Dispose();
        readers.Dispose();
        await owner.DisposeAsync();
    }

    private sealed record Work(Action<SqliteSession> Run, Durability Durability)
    {
        public TaskCompletionSource Finished { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What a finished write survives.</summary>
public enum Durability
{
    /// <summary>A crash but for its last moments: what was last may be gone, never what was in between.</summary>
    Ordered,

    /// <summary>A power cut.</summary>
    Synced,
}
