using Microsoft.Extensions.Time.Testing;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Storage.Tests;

public sealed class SqliteStoreTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("op-").FullName;
    private readonly FakeTimeProvider time = new(
        new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)
    );
    private SqliteDatabase database = null!;
    private SqliteDocumentStore store = null!;
    private SqliteMessageQueue queue = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        database = new SqliteDatabase(folder);
        store = new SqliteDocumentStore(database, time, Durability.Synced);
        queue = new SqliteMessageQueue(database, time);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static ApiKey Key(string id, int minute) =>
        new()
        {
            Id = id,
            Role = Role.Station,
            CreatedAt = new DateTimeOffset(2026, 11, 1, 0, minute, 0, TimeSpan.FromHours(8)),
        };

    [Fact]
    public async Task A_document_is_created_once_and_replaced_only_by_whoever_read_it_last()
    {
        Assert.True((await store.WriteAsync(Containers.Keys.Create(Key("a", 1)), Token)).IsDone);
        Assert.Equal(
            WriteStatus.Exists,
            (await store.WriteAsync(Containers.Keys.Create(Key("a", 2)), Token)).Status
        );
        var read = await store.ReadAsync(Containers.Keys, "keys", "a", Token);
        Assert.True(
            (await store.WriteAsync(Containers.Keys.Replace(Key("a", 3), read!.ETag), Token)).IsDone
        );
        Assert.Equal(
            WriteStatus.Changed,
            (await store.WriteAsync(Containers.Keys.Replace(Key("a", 4), read.ETag), Token)).Status
        );
        Assert.Equal(
            WriteStatus.Missing,
            (await store.WriteAsync(Containers.Keys.Replace(Key("b", 4), read.ETag), Token)).Status
        );
    }

    [Fact]
    public async Task Pages_follow_each_other_in_the_order_of_time_without_gap_or_repetition()
    {
        await store.WriteAsync(
            [
                .. Enumerable
                    .Range(0, 25)
                    .Select(i => Containers.Keys.Create(Key($"k{i % 5}{i}", i % 7))),
            ],
            Token
        );
        var query = new Query<ApiKey>(Containers.Keys, "all", "keys") { Limit = 4 };
        var seen = new List<ApiKey>();
        await foreach (var key in store.AllAsync(query, Token))
            seen.Add(key);
        Assert.Equal(25, seen.Select(k => k.Id).Distinct().Count());
        Assert.Equal(
            seen.OrderBy(k => k.CreatedAt)
                .ThenBy(k => k.Id, StringComparer.Ordinal)
                .Select(k => k.Id),
            seen.Select(k => k.Id)
        );
    }

    [Fact]
    public async Task An_expired_document_is_gone_and_may_be_made_anew()
    {
        var link = new SignInLink("l", "k", time.GetUtcNow().AddHours(1));
        await store.WriteAsync(Containers.SignInLinks.Create(link), Token);
        time.Advance(TimeSpan.FromHours(2));
        Assert.Null(await store.ReadAsync(Containers.SignInLinks, "l", "l", Token));
        Assert.True(
            (
                await store.WriteAsync(
                    Containers.SignInLinks.Create(link with { ExpiresAt = null }),
                    Token
                )
            ).IsDone
        );
    }

    [Fact]
    public async Task Eight_who_change_one_document_at_once_lose_no_change()
    {
        await store.WriteAsync(Containers.Keys.Create(Key("a", 0)), Token);
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(
                        async () =>
                        {
                            for (var i = 0; i < 20; i++)
                                await store.UpdateAsync(
                                    Containers.Keys,
                                    "keys",
                                    "a",
                                    k => k with { CreatedAt = k.CreatedAt.AddMinutes(1) },
                                    Token
                                );
                        },
                        Token
                    )
                )
        );
        var read = await store.ReadAsync(Containers.Keys, "keys", "a", Token);
        Assert.Equal(Key("a", 0).CreatedAt.AddMinutes(160), read!.Document.CreatedAt);
    }

    [Fact]
    public async Task What_was_written_is_there_after_reopening()
    {
        await store.WriteAsync(Containers.Keys.Create(Key("a", 1)), Token);
        await database.DisposeAsync();
        await InitializeAsync();
        Assert.NotNull(await store.ReadAsync(Containers.Keys, "keys", "a", Token));
    }

    [Fact]
    public void A_second_process_is_told_that_the_folder_is_in_use() =>
        Assert.Contains(
            "in use",
            Assert.Throws<InvalidOperationException>(() => new SqliteDatabase(folder)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_message_is_hidden_while_worked_on_and_comes_back_when_it_is_not_deleted()
    {
        await queue.SendAsync(QueueNames.Submissions, ["x"], TimeSpan.Zero, Token);
        var first = Assert.Single(
            await queue.ReceiveAsync(QueueNames.Submissions, 10, TimeSpan.FromSeconds(30), Token)
        );
        Assert.Empty(
            await queue.ReceiveAsync(QueueNames.Submissions, 10, TimeSpan.FromSeconds(30), Token)
        );
        time.Advance(TimeSpan.FromSeconds(31));
        var second = Assert.Single(
            await queue.ReceiveAsync(QueueNames.Submissions, 10, TimeSpan.FromSeconds(30), Token)
        );
        Assert.Equal(2, second.DequeueCount);
        Assert.False(await queue.DeleteAsync(first, Token));
        Assert.True(await queue.DeleteAsync(second, Token));
        Assert.Equal(0, await queue.CountAsync(QueueNames.Submissions, Token));
    }

    [Fact]
    public async Task A_message_taken_too_often_is_put_aside_and_can_be_sent_again()
    {
        await queue.SendAsync(QueueNames.Reports, ["x"], TimeSpan.Zero, Token);
        for (var i = 0; i < QueueNames.MaxDequeueCount; i++)
        {
            Assert.Single(
                await queue.ReceiveAsync(QueueNames.Reports, 1, TimeSpan.FromSeconds(1), Token)
            );
            time.Advance(TimeSpan.FromSeconds(2));
        }
        Assert.Empty(
            await queue.ReceiveAsync(QueueNames.Reports, 1, TimeSpan.FromSeconds(1), Token)
        );
        var poison = Assert.Single(await queue.PoisonAsync(Token));
        Assert.True(await queue.RetryPoisonAsync(poison.Id, Token));
        Assert.Empty(await queue.PoisonAsync(Token));
        Assert.Equal(
            1,
            Assert
                .Single(
                    await queue.ReceiveAsync(QueueNames.Reports, 1, TimeSpan.FromSeconds(1), Token)
                )
                .DequeueCount
        );
    }
}
