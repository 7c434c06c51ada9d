using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Issues;

namespace OpinionPipeline.Storage.Tests.Contracts;

/// <summary>What every document store does. A store passes it by deriving a class that makes an empty one.</summary>
public abstract class DocumentStoreContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An empty store.</summary>
    protected abstract IDocumentStore Store { get; }

    /// <summary>The store's time.</summary>
    protected abstract DateTimeOffset Now { get; }

    /// <summary>Lets the store's time pass.</summary>
    protected abstract Task PassAsync(TimeSpan time);

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
        Assert.True((await Store.WriteAsync(Containers.Keys.Create(Key("a", 1)), Token)).IsDone);
        Assert.Equal(
            WriteStatus.Exists,
            (await Store.WriteAsync(Containers.Keys.Create(Key("a", 2)), Token)).Status
        );
        var read = await Store.ReadAsync(Containers.Keys, "keys", "a", Token);
        Assert.True(
            (await Store.WriteAsync(Containers.Keys.Replace(Key("a", 3), read!.ETag), Token)).IsDone
        );
        Assert.Equal(
            WriteStatus.Changed,
            (await Store.WriteAsync(Containers.Keys.Replace(Key("a", 4), read.ETag), Token)).Status
        );
        Assert.Equal(
            WriteStatus.Missing,
            (await Store.WriteAsync(Containers.Keys.Replace(Key("b", 4), read.ETag), Token)).Status
        );
    }

    [Fact]
    public async Task Pages_follow_each_other_in_the_order_of_time_without_gap_or_repetition()
    {
        await Store.WriteAsync(
            [
                .. Enumerable
                    .Range(0, 25)
                    .Select(i => Containers.Keys.Create(Key($"k{i % 5}{i}", i % 7))),
            ],
            Token
        );
        var query = new Query<ApiKey>(Containers.Keys, "all", "keys") { Limit = 4 };
        var seen = new List<ApiKey>();
        await foreach (var key in Store.AllAsync(query, Token))
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
        var link = new SignInLink("l", "k", Now.AddHours(1));
        await Store.WriteAsync(Containers.SignInLinks.Create(link), Token);
        await PassAsync(TimeSpan.FromHours(2));
        Assert.Null(await Store.ReadAsync(Containers.SignInLinks, "l", "l", Token));
        Assert.True(
            (
                await Store.WriteAsync(
                    Containers.SignInLinks.Create(link with { ExpiresAt = null }),
                    Token
                )
            ).IsDone
        );
    }

    [Fact]
    public async Task Eight_who_change_one_document_at_once_lose_no_change()
    {
        await Store.WriteAsync(Containers.Keys.Create(Key("a", 0)), Token);
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(
                        async () =>
                        {
                            for (var i = 0; i < 20; i++)
                                await Store.UpdateAsync(
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
        var read = await Store.ReadAsync(Containers.Keys, "keys", "a", Token);
        Assert.Equal(Key("a", 0).CreatedAt.AddMinutes(160), read!.Document.CreatedAt);
    }

    [Fact]
    public async Task A_put_writes_whatever_is_there_and_a_delete_of_nothing_is_done()
    {
        var key = Key("a", 1);
        Assert.True((await Store.WriteAsync(Containers.Keys.Put(key), Token)).IsDone);
        Assert.True((await Store.WriteAsync(Containers.Keys.Put(Key("a", 2)), Token)).IsDone);
        Assert.Equal(
            Key("a", 2).CreatedAt,
            (await Store.ReadAsync(Containers.Keys, "keys", "a", Token))!.Document.CreatedAt
        );
        Assert.True((await Store.WriteAsync(Containers.Keys.Delete("keys", "a"), Token)).IsDone);
        Assert.True((await Store.WriteAsync(Containers.Keys.Delete("keys", "a"), Token)).IsDone);
        Assert.Null(await Store.ReadAsync(Containers.Keys, "keys", "a", Token));
    }

    [Fact]
    public async Task Each_write_of_a_batch_stands_or_falls_alone()
    {
        await Store.WriteAsync(Containers.Keys.Create(Key("b", 1)), Token);
        var results = await Store.WriteAsync(
            [
                Containers.Keys.Create(Key("a", 1)),
                Containers.Keys.Create(Key("b", 2)),
                Containers.Keys.Create(Key("c", 3)),
            ],
            Token
        );
        Assert.Equal(
            [WriteStatus.Done, WriteStatus.Exists, WriteStatus.Done],
            results.Select(r => r.Status)
        );
        Assert.Equal(
            3,
            await Store.CountAsync(new Query<ApiKey>(Containers.Keys, "all", "keys"), Token)
        );
    }

    [Fact]
    public async Task A_document_found_under_any_of_several_keys_comes_once_the_newest_first()
    {
        await Store.WriteAsync(
            [
                Containers.Fingerprints.Create(Print("a", 1, "2026", "x", "y")),
                Containers.Fingerprints.Create(Print("b", 2, "2026", "y")),
                Containers.Fingerprints.Create(Print("c", 3, "2026", "z")),
                Containers.Fingerprints.Create(Print("d", 4, "2025", "x")),
            ],
            Token
        );
        var page = await Store.QueryAsync(
            new Query<Fingerprint>(Containers.Fingerprints, "byKey", "2026") { AnyOf = ["x", "y"] },
            Token
        );
        Assert.Equal(["b", "a"], page.Items.Select(i => i.Document.Id));
    }

    [Fact]
    public async Task A_search_by_keys_keeps_to_the_time_asked_for()
    {
        await Store.WriteAsync(
            [
                .. Enumerable
                    .Range(1, 5)
                    .Select(day =>
                        Containers.Fingerprints.Create(Print($"d{day}", day, "2026", "x"))
                    ),
            ],
            Token
        );
        var page = await Store.QueryAsync(
            new Query<Fingerprint>(Containers.Fingerprints, "byKey", "2026")
            {
                AnyOf = ["x", "y"],
                From = Print("", 2, "").SaidAt,
                To = Print("", 5, "").SaidAt,
                Limit = 2,
            },
            Token
        );
        Assert.Equal(["d4", "d3"], page.Items.Select(i => i.Document.Id));
    }

    [Fact]
    public async Task A_search_by_keys_goes_on_where_its_page_ended()
    {
        // Each a ten-millionth of a second after the one before.
        await Store.WriteAsync(
            [
                .. Enumerable
                    .Range(0, 20)
                    .Select(i => Print($"d{i:00}", 1, "2026", i % 3 == 0 ? "x" : "y"))
                    .Select(
                        (p, i) =>
                            Containers.Fingerprints.Create(p with { SaidAt = p.SaidAt.AddTicks(i) })
                    ),
            ],
            Token
        );
        var query = new Query<Fingerprint>(Containers.Fingerprints, "byKey", "2026")
        {
            AnyOf = ["x", "y"],
            Limit = 3,
        };
        var found = new List<string>();
        await foreach (var print in Store.AllAsync(query, Token))
            found.Add(print.Id);
        Assert.Equal(Enumerable.Range(0, 20).Reverse().Select(i => $"d{i:00}"), found);
    }

    [Fact]
    public async Task A_document_is_found_by_its_id_in_whatever_partition_it_lies()
    {
        await Store.WriteAsync(
            [
                Containers.Members.Create(Member("a", of: "I1")),
                Containers.Members.Create(Member("a", of: "I2")),
                Containers.Members.Create(Member("b", of: "I2")),
            ],
            Token
        );
        var found = await Store.FindAsync(Containers.Members, "a", Token);
        Assert.Equal(["I1", "I2"], found.Select(f => f.Document.Partition).Order());
        Assert.Empty(await Store.FindAsync(Containers.Members, "c", Token));

        static Member Member(string id, string of) =>
            new()
            {
                Id = id,
                IssueId = of,
                SaidAt = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero),
                Station = "S1",
                Title = "路灯不亮",
            };
    }

    [Fact]
    public async Task A_key_that_a_document_no_longer_has_no_longer_finds_it()
    {
        await Store.WriteAsync(Containers.Fingerprints.Create(Print("a", 1, "2026", "x")), Token);
        await Store.WriteAsync(Containers.Fingerprints.Put(Print("a", 1, "2026", "y")), Token);
        var page = await Store.QueryAsync(
            new Query<Fingerprint>(Containers.Fingerprints, "byKey", "2026") { AnyOf = ["x"] },
            Token
        );
        Assert.Empty(page.Items);
    }

    [Fact]
    public async Task A_scan_finds_every_document_of_every_partition()
    {
        await Store.WriteAsync(
            [
                .. Enumerable
                    .Range(0, 20)
                    .Select(i =>
                        Containers.Fingerprints.Create(Print($"f{i}", i, $"202{i % 3}", "x"))
                    ),
            ],
            Token
        );
        var seen = new HashSet<string>();
        await foreach (var stored in Store.ScanAsync(Containers.Fingerprints, Token))
            Assert.True(seen.Add(stored.Document.Id));
        Assert.Equal(20, seen.Count);
    }

    private static Fingerprint Print(string id, int day, string year, params string[] keys) =>
        new()
        {
            Id = id,
            Partition = year,
            SaidAt = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day),
            ReceivedAt = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
            Keys = keys,
            Title = "",
            Body = "路灯坏了",
        };
}
