using OpinionPipeline.CosmosStandIn;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;

namespace OpinionPipeline.Storage.Tests;

/// <summary>What the store does when the account is busy, slow or far behind.</summary>
public sealed class CosmosFaultTests : IAsyncLifetime
{
    private readonly StandInStore cosmos = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IDocumentStore Store => cosmos.Store;

    public async ValueTask InitializeAsync() => await cosmos.OpenAsync();

    public ValueTask DisposeAsync()
    {
        cosmos.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(Fault.Throttled, 8)]
    [InlineData(Fault.RetryWith, 3)]
    [InlineData(Fault.Unavailable, 3)]
    public async Task A_busy_account_is_asked_again_until_it_answers(Fault fault, int times)
    {
        cosmos.Account.Faults.Add(fault, times);
        Assert.True((await Store.WriteAsync(Containers.Keys.Create(Key("a", 1)), Token)).IsDone);
        cosmos.Account.Faults.Add(fault, times);
        Assert.NotNull(await Store.ReadAsync(Containers.Keys, "keys", "a", Token));
        cosmos.Account.Faults.Add(fault, times);
        Assert.Single(
            (await Store.QueryAsync(new Query<ApiKey>(Containers.Keys, "all", "keys"), Token)).Items
        );
        Assert.Equal(3 * times, cosmos.Account.Faults.Struck);
    }

    [Fact]
    public async Task A_create_whose_answer_was_lost_is_known_as_one_s_own()
    {
        cosmos.Account.Faults.Add(Fault.LostAnswer, 1, r => r.Method == "POST" && IsDocs(r));
        var created = await Store.WriteAsync(Containers.Keys.Create(Key("a", 1)), Token);
        Assert.Equal(WriteStatus.Done, created.Status);
        var read = await Store.ReadAsync(Containers.Keys, "keys", "a", Token);
        Assert.Equal(read!.ETag, created.ETag);
    }

    [Fact]
    public async Task A_replace_whose_answer_was_lost_is_not_taken_for_another_s()
    {
        var created = await Store.WriteAsync(Containers.Keys.Create(Key("a", 1)), Token);
        cosmos.Account.Faults.Add(Fault.LostAnswer, 1, r => r.Method == "PUT");
        var replaced = await Store.WriteAsync(
            Containers.Keys.Replace(Key("a", 2), created.ETag!),
            Token
        );
        Assert.Equal(WriteStatus.Done, replaced.Status);
        Assert.Equal(
            WriteStatus.Changed,
            (
                await Store.WriteAsync(Containers.Keys.Replace(Key("a", 3), created.ETag!), Token)
            ).Status
        );
    }

    [Fact]
    public async Task A_create_that_somebody_else_won_is_not_taken_for_one_s_own()
    {
        await Store.WriteAsync(Containers.Keys.Create(Key("a", 1)), Token);
        cosmos.Account.Faults.Add(Fault.Unavailable, 1, r => r.Method == "POST" && IsDocs(r));
        Assert.Equal(
            WriteStatus.Exists,
            (await Store.WriteAsync(Containers.Keys.Create(Key("a", 1)), Token)).Status
        );
    }

    [Fact]
    public async Task Of_two_fingerprints_written_at_once_each_search_sees_the_one_before_however_far_replicas_lag()
    {
        cosmos.Account.Lag = 1000;
        await Store.WriteAsync(Containers.Fingerprints.Create(Print("a")), Token);
        await Store.WriteAsync(Containers.Fingerprints.Create(Print("b")), Token);
        var page = await Store.QueryAsync(
            new Query<Fingerprint>(Containers.Fingerprints, "byKey", "2026") { AnyOf = ["x"] },
            Token
        );
        Assert.Equal(2, page.Items.Count);
        Assert.NotNull(await Store.ReadAsync(Containers.Fingerprints, "2026", "b", Token));
    }

    [Fact]
    public async Task A_step_that_reads_cheaply_still_finds_what_only_the_newest_replica_has()
    {
        cosmos.Account.Lag = 1000;
        await Store.WriteAsync(Containers.Keys.Create(Key("a", 1)), Token);
        var read = await cosmos.StepStore.ReadAsync(Containers.Keys, "keys", "a", Token);
        Assert.NotNull(read);
        Assert.True(
            (
                await cosmos.StepStore.WriteAsync(
                    Containers.Keys.Replace(Key("a", 2), read.ETag),
                    Token
                )
            ).IsDone
        );
    }

    [Fact]
    public async Task A_version_that_a_lagging_replica_gave_does_not_overwrite_a_newer_one()
    {
        await Store.WriteAsync(Containers.Keys.Create(Key("a", 1)), Token);
        cosmos.Account.Lag = 1;
        var first = await Store.ReadAsync(Containers.Keys, "keys", "a", Token);
        await Store.WriteAsync(Containers.Keys.Replace(Key("a", 2), first!.ETag), Token);
        var stale = await cosmos.StepStore.ReadAsync(Containers.Keys, "keys", "a", Token);
        Assert.Equal(first.ETag, stale!.ETag);
        Assert.Equal(
            WriteStatus.Changed,
            (
                await cosmos.StepStore.WriteAsync(
                    Containers.Keys.Replace(Key("a", 3), stale.ETag),
                    Token
                )
            ).Status
        );
    }

    [Fact]
    public async Task A_page_cut_short_by_the_service_is_filled_up()
    {
        cosmos.Account.MostPerPage = 3;
        await Store.WriteAsync(
            [.. Enumerable.Range(0, 10).Select(i => Containers.Keys.Create(Key($"k{i}", i)))],
            Token
        );
        var page = await Store.QueryAsync(
            new Query<ApiKey>(Containers.Keys, "all", "keys") { Limit = 8 },
            Token
        );
        Assert.Equal(8, page.Items.Count);
        var rest = await Store.QueryAsync(
            new Query<ApiKey>(Containers.Keys, "all", "keys") { Limit = 8, After = page.Next },
            Token
        );
        Assert.Equal(2, rest.Items.Count);
        Assert.Null(rest.Next);
    }

    private static bool IsDocs(Request request) =>
        request.Path.EndsWith("/docs", StringComparison.Ordinal);

    private static ApiKey Key(string id, int minute) =>
        new()
        {
            Id = id,
            Role = Role.Station,
            CreatedAt = new DateTimeOffset(2026, 11, 1, 0, minute, 0, TimeSpan.Zero),
        };

    private static Fingerprint Print(string id) =>
        new()
        {
            Id = id,
            Partition = "2026",
            SaidAt = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero),
            ReceivedAt = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
            Keys = ["x"],
            Title = "",
            Body = "路灯坏了",
        };
}
