using Microsoft.Extensions.Time.Testing;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Pipeline.Tests.Issues;

/// <summary>What is merged is counted in one place, and undone it is as it was.</summary>
public sealed class RegrouperTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("op-regroup-").FullName;
    private readonly FakeTimeProvider time = new(new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly SqliteDatabase database;
    private readonly SqliteDocumentStore store;
    private readonly IssueKeeper keeper;
    private readonly Regrouper regrouper;

    public RegrouperTests()
    {
        database = new(folder);
        store = new(database, time, Durability.Ordered);
        keeper = new(
            store,
            new SqliteMessageQueue(database, time),
            new(
                new(
                    [],
                    [new("O01", "办公室", "Office")],
                    [],
                    [],
                    [],
                    new Dictionary<string, string>()
                ),
                new RecurrenceRules([], new HashSet<string>())
            )
        );
        regrouper = new(store, keeper, time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Each voice from a station of its own: an issue of many is recurring.
    private async Task<string> IssueAsync(char letter, int voices)
    {
        var id = $"I202611-{new string(letter, 15)}0";
        for (var i = 0; i < voices; i++)
        {
            var member = new Member
            {
                Id = $"202611-{new string(letter, 15)}{i}",
                IssueId = id,
                SaidAt = time.GetUtcNow(),
                Station = $"S{i}",
                Title = "路灯不亮",
            };
            await store.WriteAsync(Containers.Members.Create(member), Token);
            await keeper.CountAsync(member, isNew: true, kindId: null, Token);
        }
        return id;
    }

    private async Task<Issue> ReadAsync(string id) =>
        (await store.ReadAsync(Containers.Issues, id[1..7], id, Token))!.Document;

    private async Task<long> RecurringAsync() =>
        await store.CountAsync(
            new Query<Issue>(Containers.Issues, "byRecurring", "202611") { Equal = [true] },
            Token
        );

    [Fact]
    public async Task What_was_merged_is_counted_once_and_undone_it_is_as_it_was()
    {
        var one = await IssueAsync('A', 9);
        var two = await IssueAsync('B', 8);
        Assert.Equal(2, await RecurringAsync());

        var merged = await regrouper.MergeAsync(two, one, "desk", Token);
        Assert.Equal(17, merged.Value.Count);
        Assert.Equal(1, await RecurringAsync());
        var signpost = await ReadAsync(two);
        Assert.Equal((one, 0), (signpost.MergedInto, signpost.Count));

        var undone = await regrouper.UndoAsync(one, "desk", Token);
        Assert.Equal(9, undone.Value.Count);
        Assert.Equal(2, await RecurringAsync());
        var back = await ReadAsync(two);
        Assert.Equal((null, 8), (back.MergedInto, back.Count));
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
