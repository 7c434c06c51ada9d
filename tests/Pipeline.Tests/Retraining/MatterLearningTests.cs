using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Retraining;

namespace OpinionPipeline.Pipeline.Tests.Retraining;

/// <summary>What people merge and split, the next training learns.</summary>
public sealed class MatterLearningTests
{
    private const string Villages =
        "梅岭 荷塘 石桥 柳溪 东湾 西湾 南坪 北坪 桃源 竹林 枫树 杨柳 青山 白沙 黄泥 红岩 大坝 小河 龙井 凤凰 马栏 牛角 羊坪 鸡鸣 双江";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_people_join_again_and_again_is_one_matter_after_the_next_training()
    {
        await using var workshop = await Workshop.OpenAsync(Token);
        var regrouper = new Regrouper(workshop.Store, workshop.Keeper, workshop.Time);
        foreach (var village in Villages.Split(' ').SkipLast(1))
        {
            var canal = await IssueAsync(workshop, Canal(village));
            var fields = await IssueAsync(workshop, Fields(village));
            await regrouper.MergeAsync(fields, canal, "committee#1", Token);
        }
        var (before, after) = await TrainAsync(workshop);
        var last = Villages.Split(' ')[^1];
        Assert.True(before(Canal(last), Fields(last)) < MatterSimilarity.SameMatter);
        Assert.True(after(Canal(last), Fields(last)) >= MatterSimilarity.SameMatter);
        Assert.True(after(Canal(last), Canal("东山")) < MatterSimilarity.SameMatter);
    }

    [Fact]
    public async Task Decisions_without_a_rule_teach_nothing()
    {
        await using var workshop = await Workshop.OpenAsync(Token);
        var regrouper = new Regrouper(workshop.Store, workshop.Keeper, workshop.Time);
        foreach (var (i, village) in Villages.Split(' ').Index())
        {
            var issue = await IssueAsync(workshop, Canal(village), Fields(village));
            var members = await workshop.Keeper.MembersAsync(issue, Token);
            var split = await regrouper.SplitAsync(issue, [members[^1].Id], "committee#1", Token);
            if (i % 2 == 0)
                await regrouper.MergeAsync(split.Value.Id, issue, "committee#1", Token);
        }
        var version = await StartAsync(workshop);
        Assert.Equal(
            (25, 25, 13),
            (version.Matters!.Issues, version.Matters.Pairs, version.Matters.Same)
        );
        Assert.False(version.Matters.Test!.Taken);
        Assert.Null((await workshop.Shelf.LoadAsync(version.Id, Token)).Pairs);
    }

    [Fact]
    public async Task What_was_undone_and_what_the_machine_joined_is_no_decision()
    {
        await using var workshop = await Workshop.OpenAsync(Token);
        var regrouper = new Regrouper(workshop.Store, workshop.Keeper, workshop.Time);
        var issue = await IssueAsync(workshop, Canal("梅岭"), Fields("梅岭"));
        var members = await workshop.Keeper.MembersAsync(issue, Token);
        await regrouper.SplitAsync(issue, [members[^1].Id], "committee#1", Token);
        await regrouper.UndoAsync(issue, "committee#1", Token);
        var one = await IssueAsync(workshop, Canal("荷塘"));
        var two = await IssueAsync(workshop, Fields("荷塘"));
        await regrouper.MergeAsync(two, one, Reconciler.Name, Token);
        Assert.Null((await StartAsync(workshop)).Matters);
    }

    [Fact]
    public async Task A_single_decision_is_counted_and_proves_nothing()
    {
        await using var workshop = await Workshop.OpenAsync(Token);
        var regrouper = new Regrouper(workshop.Store, workshop.Keeper, workshop.Time);
        var one = await IssueAsync(workshop, Canal("荷塘"));
        var two = await IssueAsync(workshop, Fields("荷塘"));
        await regrouper.MergeAsync(two, one, "committee#1", Token);
        Assert.Equal(new(1, 1, 1, null), (await StartAsync(workshop)).Matters);
    }

    private static string Canal(string village) =>
        $"{village}村的水渠塌了三十多米，一直没有人来修，春耕就要开始了。";

    private static string Fields(string village) =>
        $"今年种不上稻子，收成没有指望，年轻人都要出去打工，请到{village}村看看。";

    // Submissions that the machine has put into one issue.
    private static async Task<string> IssueAsync(Workshop workshop, params string[] bodies)
    {
        string? issue = null;
        foreach (var body in bodies)
        {
            var id = await workshop.SaidAsync(body, "01", workshop.Time.GetUtcNow(), Token);
            issue ??= "I" + id;
            await workshop.Store.UpdateAsync(
                Containers.Submissions,
                id[..6],
                id,
                s => s with { IssueId = issue },
                Token
            );
            var member = new Member
            {
                Id = id,
                IssueId = issue,
                SaidAt = workshop.Time.GetUtcNow(),
                Station = "T01S01",
                Title = body[..8],
            };
            await workshop.Store.WriteAsync(Containers.Members.Create(member), Token);
            await workshop.Keeper.CountAsync(member, isNew: true, kindId: null, Token);
            workshop.Time.Advance(TimeSpan.FromMinutes(1));
        }
        return issue!;
    }

    private static async Task<ModelVersion> StartAsync(Workshop workshop)
    {
        var id = (await workshop.Desk.StartAsync("trainer", Token)).Value.Id;
        await workshop.Step.RunAsync(id, Token);
        return await workshop.VersionAsync(id, Token);
    }

    // How like two texts are, by what comes with the program and by what the training made.
    private static async Task<(
        Func<string, string, double> Before,
        Func<string, string, double> After
    )> TrainAsync(Workshop workshop)
    {
        var version = await StartAsync(workshop);
        Assert.True(version.Matters!.Test!.Taken, version.Matters.ToString());
        var model = await workshop.Shelf.LoadAsync(version.Id, Token);
        var places = Gazetteer.Finder(Workshop.County);
        var reader = new MatterReader(() => places, () => model.Language);
        Func<string, string, double> By(PairModel? pairs) =>
            (a, b) =>
                new MatterSimilarity(() => pairs)
                    .Compare(reader.Read("", a, null), reader.Read("", b, null), true)
                    .Matter;
        return (By(null), By(model.Pairs));
    }
}
