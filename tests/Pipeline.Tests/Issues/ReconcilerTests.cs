using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Storage.Sqlite;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Tests.Issues;

/// <summary>Two issues that one submission shows to be one; unless a person had a hand in them.</summary>
public sealed class ReconcilerTests : OverAStore
{
    private const string Canal =
        "柳溪渠在二组那段塌了三十多米，下游四百亩田放不到水，晚稻要干死了。";
    private const string CanalAgain =
        "柳溪渠在二组那段塌了三十多米，下游四百亩田放不到水，油菜没有水栽。";

    private readonly IssueKeeper keeper;
    private readonly Regrouper regrouper;
    private readonly Reconciler reconciler;

    public ReconcilerTests()
    {
        var county = CountyFiles.Load(Seeds.Folder());
        var places = Gazetteer.Finder(county);
        var language = new Language(TermWeights.Build([]), TermVectors.None, Background.None);
        keeper = new(
            store,
            new SqliteMessageQueue(database, time),
            new(county, new RecurrenceRules([], new HashSet<string>()))
        );
        regrouper = new(store, keeper, time);
        reconciler = new(
            store,
            new MatterReader(() => places, () => language),
            new MatterSimilarity(() => null),
            keeper,
            regrouper,
            time
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_resembles_members_of_two_issues_joins_them_under_the_earlier_number()
    {
        var (early, late) = await BridgedAsync(CanalAgain);
        Assert.Equal(1, await ReconcileAsync());
        Assert.Equal((null, 3), await StateAsync(early));
        Assert.Equal((early, 0), await StateAsync(late));
        Assert.Equal(0, await ReconcileAsync());
    }

    [Fact]
    public async Task Issues_that_began_with_nothing_in_common_stay_two()
    {
        var (early, late) = await BridgedAsync("安泰家园物业费涨价没有开业主大会，不交就停门禁。");
        Assert.Equal(0, await ReconcileAsync());
        Assert.Equal((null, 2), await StateAsync(early));
        Assert.Equal((null, 1), await StateAsync(late));
    }

    [Fact]
    public async Task What_a_person_took_apart_again_is_not_joined_again()
    {
        var (early, late) = await BridgedAsync(CanalAgain);
        Assert.Equal(1, await ReconcileAsync());
        await regrouper.UndoAsync(early, "committee#1", Token);
        Assert.Equal(0, await ReconcileAsync());
        Assert.Equal((null, 1), await StateAsync(late));
    }

    [Fact]
    public async Task What_an_office_has_answered_keeps_its_number()
    {
        var (_, late) = await BridgedAsync(CanalAgain);
        await store.UpdateAsync(
            Containers.Issues,
            late[1..7],
            late,
            i =>
                i with
                {
                    Replies =
                    [
                        new(
                            "O01",
                            "正在修",
                            null,
                            null,
                            null,
                            false,
                            "office:O01#1",
                            time.GetUtcNow()
                        ),
                    ],
                },
            Token
        );
        Assert.Equal(0, await ReconcileAsync());
        Assert.Equal((null, 1), await StateAsync(late));
    }

    private Task<int> ReconcileAsync() => reconciler.ReconcileAsync(TimeSpan.FromHours(1), Token);

    // Two issues founded a day apart, and one who has just joined the first and resembles the second.
    private async Task<(string Early, string Late)> BridgedAsync(string second)
    {
        var start = time.GetUtcNow();
        var early = await SayAsync('A', "柳溪渠不通水", Canal, null, null);
        time.Advance(TimeSpan.FromDays(1));
        var late = await SayAsync('B', "请尽快处理", second, null, null);
        time.Advance(TimeSpan.FromDays(1));
        await SayAsync('C', "柳溪渠要修", Canal, early, $"202611-{new string('B', 16)}");
        return (early, late);
    }

    private async Task<string> SayAsync(
        char letter,
        string title,
        string body,
        string? issue,
        string? alsoLike
    )
    {
        var id = $"202611-{new string(letter, 16)}";
        var attachment = new Attachment(null, 1, [], [], issue is null ? "founder" : "same-matter")
        {
            AlsoLike = alsoLike,
        };
        issue ??= "I" + id;
        var submission = new Submission
        {
            Id = id,
            ReceivedAt = time.GetUtcNow(),
            SaidAt = time.GetUtcNow(),
            Station = "S01",
            RecordedBy = "station:S01#1",
            Channel = Channel.Page,
            Receipt = letter.ToString(),
            Title = title,
            Body = body,
            Status = SubmissionStatus.Processed,
            IssueId = issue,
            Attachment = attachment,
        };
        await store.WriteAsync(Containers.Submissions.Create(submission), Token);
        var member = new Member
        {
            Id = id,
            IssueId = issue,
            SaidAt = submission.SaidAt,
            Station = submission.Station,
            Title = title,
            Attachment = attachment,
        };
        await store.WriteAsync(Containers.Members.Create(member), Token);
        await keeper.CountAsync(member, isNew: true, kindId: null, Token);
        return issue;
    }

    private async Task<(string? MergedInto, int Count)> StateAsync(string id)
    {
        var issue = (await store.ReadAsync(Containers.Issues, id[1..7], id, Token))!.Document;
        return (issue.MergedInto, issue.Count);
    }
}
