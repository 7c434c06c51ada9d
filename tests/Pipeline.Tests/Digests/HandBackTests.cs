using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Pipeline.Tests.Digests;

/// <summary>What an office may hand back, until when, and what the committee may say to it.</summary>
public sealed class HandBackTests : OverAStore
{
    private static readonly CountyDirectory County = new(
        [
            new("01", 1, null, "城乡建设", "Construction"),
            new("02", 1, null, "交通运输", "Transport"),
        ],
        [
            new("O01", "住建局", "Housing"),
            new("O02", "交通局", "Transport"),
            new("O03", "办公室", "Office"),
        ],
        [],
        [],
        [],
        new Dictionary<string, string> { ["01"] = "O01", ["02"] = "O02" }
    );

    private static readonly CurrentClassifier Classifier = new(
        new(
            ClassifierTrainer.Train(
                [
                    .. new[] { "房子漏水", "房子裂缝", "房子返潮" }.Select(t => new LabelledText(
                        t,
                        t + "没人管",
                        "城乡建设"
                    )),
                    .. new[] { "班车停运", "班车拒载", "班车涨价" }.Select(t => new LabelledText(
                        t,
                        t + "没人管",
                        "交通运输"
                    )),
                ],
                new TrainingOptions { Folds = 2 },
                DateTimeOffset.UnixEpoch,
                null,
                CancellationToken.None
            ),
            "m0001",
            County
        )
    );

    // A Monday; the week after has no holiday.
    private readonly HandBackDesk desk;
    private readonly ReplyDesk replies;

    public HandBackTests()
    {
        var queue = new SqliteMessageQueue(database, time);
        var keeper = new IssueKeeper(
            store,
            queue,
            new(County, new RecurrenceRules([], new HashSet<string>()))
        );
        desk = new(
            store,
            keeper,
            new LabelDesk(store, queue, County, Classifier, time),
            new UsedMonths(store, time),
            County,
            new Deadlines(WorkingDays.WeekendsOnly, new DigestOptions()),
            time
        );
        replies = new(store, keeper, time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<string> IssueAsync()
    {
        var issue = new Issue
        {
            Id = "I202611-aaaaaaaaaaaaaaaa",
            Title = "班车停运",
            Count = 1,
            FirstSeen = time.GetUtcNow(),
            LastSeen = time.GetUtcNow(),
            Category = "01",
            Office = "O01",
        };
        await store.WriteAsync(Containers.Issues.Create(issue), Token);
        return issue.Id;
    }

    private Task<Result<Issue>> AskAsync(
        string id,
        string? reason = "不归我局",
        string? by = "O01"
    ) => desk.AskAsync(id, reason, null, by, "office", Token);

    private static string CodeOf<T>(Result<T> result) => Assert.Single(result.Rejections).Code;

    [Fact]
    public async Task An_issue_is_handed_back_once_with_a_reason_by_the_office_that_has_it()
    {
        var id = await IssueAsync();
        Assert.Equal("reason.required", CodeOf(await AskAsync(id, " ")));
        Assert.Equal("issue.notYours", CodeOf(await AskAsync(id, by: "O02")));
        var asked = await AskAsync(id);
        Assert.True(asked.Value.HandedBack);
        // Three working days from Monday.
        Assert.Equal(new DateOnly(2026, 11, 26), asked.Value.HandBacks[0].DecideBy);
        Assert.Equal("handBack.asked", CodeOf(await AskAsync(id)));
        Assert.Equal(id, Assert.Single(await desk.WaitingAsync(Token)).Id);
        var reply = new NewReply("已办", null, null, null, false);
        Assert.Equal(
            "handBack.asked",
            CodeOf(await replies.ReplyToIssueAsync(id, reply, "O01", "office", Token))
        );
        // Nor through the digest that still lists it.
        var digest = await DigestAsync(id);
        Assert.Equal(
            "handBack.asked",
            CodeOf(await replies.ReplyAsync(digest, 1, reply, "O01", "office", Token))
        );
    }

    private async Task<string> DigestAsync(string issueId)
    {
        var now = time.GetUtcNow();
        var item = new DigestItem
        {
            Number = 1,
            Section = DigestSection.New,
            Category = "01",
            IssueId = issueId,
            Title = "班车停运",
            InPeriod = 1,
            Count = 1,
            Stations = [],
            FirstSeen = now,
            Recurring = false,
        };
        var digest = new Digest
        {
            Id = "D-O01-20261123",
            Office = "O01",
            From = now.AddDays(-7),
            To = now,
            MadeAt = now,
            Items = [item],
        };
        await store.WriteAsync(Containers.Digests.Create(digest), Token);
        return digest.Id;
    }

    [Fact]
    public async Task The_time_to_hand_back_is_five_working_days()
    {
        var id = await IssueAsync();
        // Monday of the week after is the fifth working day, in the county's time.
        time.SetUtcNow(new(2026, 11, 30, 15, 0, 0, TimeSpan.Zero));
        Assert.True((await AskAsync(id)).IsOk);
        Assert.True((await desk.RefuseAsync(id, "是你局的职责", "committee", Token)).IsOk);
        time.SetUtcNow(new(2026, 11, 30, 17, 0, 0, TimeSpan.Zero));
        Assert.Equal("handBack.tooLate", CodeOf(await AskAsync(id)));
    }

    [Fact]
    public async Task Accepted_it_is_another_offices_and_stays_so_whatever_its_category()
    {
        var id = await IssueAsync();
        await AskAsync(id);
        Assert.Equal(
            "office.same",
            CodeOf(await desk.AcceptAsync(id, "01", null, "committee", Token))
        );
        var moved = (await desk.AcceptAsync(id, "02", "O03", "committee", Token)).Value;
        Assert.Equal("O03", moved.Office);
        Assert.False(moved.HandedBack);
        Assert.Empty(await desk.WaitingAsync(Token));
        Assert.Equal(
            "handBack.none",
            CodeOf(await desk.AcceptAsync(id, "02", null, "committee", Token))
        );
        var member = new Member
        {
            Id = "202611-aaaaaaaaaaaaaaaa",
            IssueId = id,
            SaidAt = time.GetUtcNow(),
            Station = "T01S01",
            Title = "班车停运",
            Category = "02",
        };
        var description = new IssueDescription(
            County,
            new RecurrenceRules([], new HashSet<string>())
        );
        Assert.Equal("O03", description.Of(moved, id, [member], 1).Office);
    }

    [Fact]
    public async Task Refused_it_stays_with_the_reason_and_can_be_answered()
    {
        var id = await IssueAsync();
        await AskAsync(id);
        Assert.Equal("note.required", CodeOf(await desk.RefuseAsync(id, "", "committee", Token)));
        var stays = (await desk.RefuseAsync(id, "属于你局", "committee", Token)).Value;
        Assert.Equal("O01", stays.Office);
        Assert.Equal(HandBackState.Refused, stays.HandBacks[0].State);
        var answer = await replies.ReplyToIssueAsync(
            id,
            new("已办", "修好", "科长", null, true),
            null,
            "committee",
            Token
        );
        Assert.Equal("O01", answer.Value.Office);
        Assert.Equal("handBack.answered", CodeOf(await AskAsync(id)));
    }
}
