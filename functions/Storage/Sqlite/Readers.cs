using System.Collections.Concurrent;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>The connections that read. Each is used by one thread at a time; as many are opened as read at once.</summary>
internal sealed class Readers(Func<SqliteSession> open) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private readonly ReaderWriterLockSlim reading = new();

    /// <summary>Reads.</summary>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        reading.EnterReadLock();
        try
        {
            if (!idle.TryTake(out var session))
                session = open();
            try
            {
                return read(session);
            }
            finally
            {
                idle.Add(session);
            }
        }
        finally
        {
            reading.ExitReadLock();
        }
    }

    /// <summary>Does something while nobody reads; nothing where somebody reads for longer than one cares to wait.</summary>
    public void KeepOut(TimeSpan patience, Action work)
    {
        if (!reading.TryEnterWriteLock(patience))
            return;
        try
        {
            work();
        }
        finally
        {
            reading.ExitWriteLock();
        }
    }

    /// <summary>Closes those that nobody reads on.</summary>
    public void Dispose()
    {
        foreach (var session in idle)
            session.Dispose();
    }
}
