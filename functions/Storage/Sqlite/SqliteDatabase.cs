using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// The one database file of a data folder: a table a container, the queues, and a single writer thread that puts
/// whatever waits into one transaction, so that many callers share one flush to disk.
/// </summary>
/// <remarks>
/// A write marked <see cref="Durability.Synced"/> survives a power cut once it has returned. One marked
/// <see cref="Durability.Ordered"/> survives a killed process, and after a power cut is lost only together with
/// everything after it: the log is kept in order and the next synced write flushes all before it. The steps of the
/// pipeline use the second. That loses nothing, because the deletion of a message stands in the same log after the
/// effects of the step: either both are there, or the message is worked off again.
/// </remarks>
public sealed class SqliteDatabase : IAsyncDisposable
{
    /// <summary>The database's file name inside the data folder.</summary>
    public const string FileName = "pipeline.db";

    private const int MostInOneTransaction = 256;

    private readonly string connectionString;
    private readonly FileStream owner;
    private readonly ConcurrentBag<SqliteSession> readers = [];
    private readonly Channel<Work> work = Channel.CreateUnbounded<Work>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Task writer;

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
        try
        {
            var session = Open();
            Schema.Apply(session, Containers.All);
            writer = Task.Factory.StartNew(
                () => WriteLoop(session),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    /// <summary>Reads on the caller's thread; SQLite answers from memory or one seek.</summary>
    internal T Read<T>(Func<SqliteSession, T> read)
    {
        if (!readers.TryTake(out var session))
            session = Open();
        try
        {
            return read(session);
        }
        finally
        {
            readers.Add(session);
        }
    }

    /// <summary>Writes in the writer's next transaction.</summary>
    internal async Task<T> WriteAsync<T>(
        Func<SqliteSession, T> write,
        Durability durability,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        T result = default!;
        var item = new Work(session => result = write(session), durability);
        if (!work.Writer.TryWrite(item))
            throw new InvalidOperationException("The database is closed.");
        await item.Finished.Task;
        return result;
    }

    private void WriteLoop(SqliteSession session)
    {
        var batch = new List<Work>();
        while (work.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < MostInOneTransaction && work.Reader.TryRead(out var item))
                batch.Add(item);
            if (!TryRun(session, batch, out _))
                // One of them failed: each alone, so that only the guilty one hears of it.
                foreach (var item in batch)
                    if (!TryRun(session, [item], out var fault))
                        item.Finished.SetException(fault!);
        }
        session.Dispose();
    }

    private static bool TryRun(SqliteSession session, List<Work> batch, out Exception? fault)
    {
        fault = null;
        try
        {
            var synced = batch.Exists(w => w.Durability == Durability.Synced);
            session.Sync(synced);
            session.Execute("BEGIN IMMEDIATE");
            foreach (var item in batch)
                item.Run(session);
            session.Execute("COMMIT");
        }
        catch (Exception e)
        {
            fault = e;
            try
            {
                session.Execute("ROLLBACK");
            }
            catch (SqliteException)
            {
                // SQLite had already rolled back, as it does when the disk is full.
            }
            return false;
        }
        foreach (var item in batch)
            item.Finished.SetResult();
        return true;
    }

    internal SqliteSession Open()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Execute(
                "PRAGMA journal_mode=WAL; PRAGMA busy_timeout=10000; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA wal_autocheckpoint=16384; PRAGMA temp_store=MEMORY;"
            );
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
        if (!work.Writer.TryComplete())
            return;
        await writer;
        foreach (var session in readers)
            session.Dispose();
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
    /// <summary>A killed process; after a power cut, what was last may be gone, never what was in between.</summary>
    Ordered,

    /// <summary>A power cut.</summary>
    Synced,
}
