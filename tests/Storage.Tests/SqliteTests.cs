using Microsoft.Extensions.Time.Testing;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Storage.Sqlite;
using OpinionPipeline.Storage.Tests.Contracts;

namespace OpinionPipeline.Storage.Tests;

public sealed class SqliteDocumentStoreTests : DocumentStoreContract, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    protected override IDocumentStore Store => folder.Store;

    protected override DateTimeOffset Now => folder.Time.GetUtcNow();

    protected override Task PassAsync(TimeSpan time) => folder.PassAsync(time);

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}

public sealed class SqliteMessageQueueTests : MessageQueueContract, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    protected override IMessageQueue Queue => folder.Queue;

    protected override Task PassAsync(TimeSpan time) => folder.PassAsync(time);

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}

public sealed class SqliteDatabaseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_written_is_there_after_reopening()
    {
        await using var folder = new SqliteFolder();
        var key = new ApiKey
        {
            Id = "a",
            Role = Role.Station,
            CreatedAt = folder.Time.GetUtcNow(),
        };
        await folder.Store.WriteAsync(Containers.Keys.Create(key), Token);
        await folder.ReopenAsync();
        Assert.NotNull(await folder.Store.ReadAsync(Containers.Keys, "keys", "a", Token));
    }

    [Fact]
    public async Task A_second_process_is_told_that_the_folder_is_in_use()
    {
        await using var folder = new SqliteFolder();
        Assert.Contains(
            "in use",
            Assert.Throws<InvalidOperationException>(() => new SqliteDatabase(folder.Path)).Message,
            StringComparison.Ordinal
        );
    }
}

/// <summary>A data folder of its own, gone when done with.</summary>
internal sealed class SqliteFolder : IAsyncDisposable
{
    private SqliteDatabase database;

    public SqliteFolder() => database = Open();

    public string Path { get; } = Directory.CreateTempSubdirectory("op-").FullName;

    public FakeTimeProvider Time { get; } =
        new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    public SqliteDocumentStore Store { get; private set; } = null!;

    public SqliteMessageQueue Queue { get; private set; } = null!;

    public Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        return Task.CompletedTask;
    }

    public async Task ReopenAsync()
    {
        await database.DisposeAsync();
        database = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(Path, recursive: true);
    }

    private SqliteDatabase Open()
    {
        var opened = new SqliteDatabase(Path);
        Store = new SqliteDocumentStore(opened, Time, Durability.Synced);
        Queue = new SqliteMessageQueue(opened, Time);
        return opened;
    }
}
