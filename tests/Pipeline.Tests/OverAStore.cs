using Microsoft.Extensions.Time.Testing;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Pipeline.Tests;

/// <summary>Every test has an empty store in a folder of its own, on the morning of 23 November 2026.</summary>
public abstract class OverAStore : IAsyncDisposable
{
    private protected readonly string folder = Directory
        .CreateTempSubdirectory("op-test-")
        .FullName;
    private protected readonly FakeTimeProvider time = new(
        new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero)
    );
    private protected readonly SqliteDatabase database;
    private protected readonly SqliteDocumentStore store;

    private protected OverAStore()
    {
        database = new(folder);
        store = new(database, time, Durability.Ordered);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
