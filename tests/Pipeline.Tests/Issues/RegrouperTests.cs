using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Pipeline.Tests.Issues;

/// <summary>What is merged is counted in one place, and undone it is as it was.</summary>
public sealed class RegrouperTests : OverAStore
{
    private readonly IssueKeeper keeper;
    private readonly Regrouper regrouper;

    public RegrouperTests()
    {
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

    private async Task<(long Recurring, long Empty)> CountedAsync()
    {
        return (await OfAsync("byRecurring"), await OfAsync("byEmpty"));

        Task<long> OfAsync(string query) =>
            store.CountAsync(
                new Query<Issue>(Containers.Issues, query, "202611") { Equal = [true] },
                Token
            );
    }

    [Fact]
    public async Task What_was_merged_is_counted_once_and_undone_it_is_as_it_was()
    {
        var one = await IssueAsync('A', 9);
        var two = await IssueAsync('B', 8);
        Assert.Equal((2, 0), await CountedAsync());

        var merged = await regrouper.MergeAsync(two, one, "desk", Token);
        Assert.Equal(17, merged.Value.Count);
        Assert.Equal((1, 1), await CountedAsync());
        var signpost = await ReadAsync(two);
        Assert.Equal((one, 0), (signpost.MergedInto, signpost.Count));

        var undone = await regrouper.UndoAsync(one, "desk", Token);
        Assert.Equal(9, undone.Value.Count);
        Assert.Equal((2, 0), await CountedAsync());
        var back = await ReadAsync(two);
        Assert.Equal((null, 8), (back.MergedInto, back.Count));
    }

    [Fact]
    public async Task What_was_split_off_is_split_again_and_taken_back_in_the_order_it_was_decided()
    {
        var whole = await IssueAsync('A', 6);
        string[] said = [.. Enumerable.Range(0, 6).Select(i => $"202611-{new string('A', 15)}{i}")];
        var part = (await regrouper.SplitAsync(whole, said[3..], "desk", Token)).Value;
        // The one that the part is named by leaves it again.
        var again = (await regrouper.SplitAsync(part.Id, [said[3]], "desk", Token)).Value;
        var third = (await regrouper.SplitAsync(part.Id, [said[5]], "desk", Token)).Value;
        Assert.Equal(4, new[] { whole, part.Id, again.Id, third.Id }.Distinct().Count());
        await HeldAsync((whole, said[..3]), (part.Id, [said[4]]), (again.Id, [said[3]]));
        foreach (var split in new[] { part.Id, again.Id, third.Id })
            Assert.All(await keeper.MembersAsync(split, Token), m => Assert.True(m.Pinned));

        // What a person decided since is not undone by the way.
        var refused = Assert.Single((await regrouper.UndoAsync(whole, "desk", Token)).Rejections);
        Assert.Equal(("issue.regroupedSince", 409), (refused.Code, refused.Status));
        await HeldAsync((whole, said[..3]), (third.Id, [said[5]]));

        await regrouper.UndoAsync(part.Id, "desk", Token);
        await HeldAsync((part.Id, said[4..]), (third.Id, []), (again.Id, [said[3]]));
        await regrouper.UndoAsync(part.Id, "desk", Token);
        Assert.True((await regrouper.UndoAsync(whole, "desk", Token)).IsOk);
        await HeldAsync((whole, said), (part.Id, []), (again.Id, []), (third.Id, []));
    }

    private async Task HeldAsync(params (string Issue, string[] Members)[] expected)
    {
        foreach (var (issue, members) in expected)
        {
            Assert.Equal(
                members,
                (await keeper.MembersAsync(issue, Token)).Select(m => m.Id).Order()
            );
            Assert.Equal(members.Length, (await ReadAsync(issue)).Count);
        }
    }
}
