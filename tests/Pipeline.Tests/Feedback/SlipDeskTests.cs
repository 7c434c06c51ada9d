using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Feedback;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Pipeline.Tests.Feedback;

/// <summary>Whoever spoke is told what became of it, and of nothing that was not theirs.</summary>
public sealed class SlipDeskTests : OverAStore
{
    private const string IssueId = "I202611-AAAAAAAAAAAAAAAA";
    private readonly ReportDesk reports;
    private readonly SlipDesk desk;

    public SlipDeskTests()
    {
        reports = new(store, CountyFiles.Load(Seeds.Folder()), time);
        var keeper = new IssueKeeper(
            store,
            new SqliteMessageQueue(database, time),
            new(
                new([], [], [], [], [], new Dictionary<string, string>()),
                new RecurrenceRules([], new HashSet<string>())
            )
        );
        desk = new(store, keeper, reports);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<Submission> SaidAsync(char letter)
    {
        var said = new Submission
        {
            Id = "202611-" + new string(letter, 16),
            ReceivedAt = time.GetUtcNow(),
            SaidAt = time.GetUtcNow(),
            Station = "S01",
            RecordedBy = "k",
            Channel = Channel.Page,
            Receipt = "R-" + letter,
            Title = "路灯不亮",
            Body = "村口的路灯坏了。",
            IssueId = IssueId,
        };
        await store.WriteAsync(Containers.Submissions.Create(said), Token);
        return said;
    }

    private Task<WriteResult> IssueAsync(string? report, string? kind, params Reply[] replies) =>
        store.WriteAsync(
            Containers.Issues.Create(
                new Issue
                {
                    Id = IssueId,
                    Title = "路灯不亮",
                    FirstSeen = time.GetUtcNow(),
                    LastSeen = time.GetUtcNow(),
                    ReportId = report,
                    KindId = kind,
                    Replies = replies,
                }
            ),
            Token
        );

    private async Task<string> ReportAsync(string on, params Submission[] sources)
    {
        await store.WriteAsync(
            Containers.Reports.Create(
                new Report
                {
                    Id = "R" + on,
                    Partition = "2026",
                    IssueId = on,
                    Scope = on[0] == 'K' ? "kind" : "matter",
                    Title = "关于路灯的专报",
                    Category = "01",
                    Office = "O01",
                    DraftedAt = time.GetUtcNow(),
                    Sections = [],
                    Sources = [.. sources.Select(s => s.Id)],
                }
            ),
            Token
        );
        await reports.SubmitAsync("R" + on, null, "committee", Token);
        await reports.AdoptAsync(
            "R" + on,
            AdoptionLevel.City,
            true,
            "另一篇",
            new DateOnly(2026, 11, 20),
            "committee",
            Token
        );
        return "R" + on;
    }

    [Fact]
    public async Task Everybody_who_spoke_of_a_matter_is_told_where_its_report_was_taken_up()
    {
        var quoted = await SaidAsync('A');
        var repeated = await SaidAsync('B');
        var report = await ReportAsync(IssueId, quoted);
        await IssueAsync(report, null);
        SlipAdoption[] wanted = [new(AdoptionLevel.City, true, new(2026, 11, 20))];
        Assert.Equal(wanted, (await desk.OfAsync(quoted, Token)).Adoptions);
        Assert.Equal(wanted, (await desk.OfAsync(repeated, Token)).Adoptions);
    }

    [Fact]
    public async Task A_report_on_a_kind_of_matter_concerns_those_alone_whom_it_quotes()
    {
        var quoted = await SaidAsync('A');
        var elsewhere = await SaidAsync('B');
        await ReportAsync("K" + IssueId, quoted);
        await IssueAsync(null, "K" + IssueId);
        Assert.False((await desk.OfAsync(quoted, Token)).IsEmpty);
        Assert.True((await desk.OfAsync(elsewhere, Token)).IsEmpty);
    }

    [Fact]
    public async Task What_an_instruction_or_an_answer_gives_away_of_a_person_is_masked()
    {
        var said = await SaidAsync('A');
        var report = await ReportAsync(IssueId, said);
        await reports.InstructAsync(
            report,
            "请联系反映人 13800000001 核实。",
            "O01",
            "committee",
            Token
        );
        await IssueAsync(
            report,
            null,
            new Reply(
                "O01",
                "已电话 13800000001 告知，路灯已修好。",
                "更换灯具",
                "〇〇",
                null,
                true,
                "office",
                time.GetUtcNow()
            )
        );
        var slip = await desk.OfAsync(said, Token);
        Assert.Equal("请联系反映人 〔手机号〕 核实。", Assert.Single(slip.Instructions).Text);
        Assert.Equal("已电话 〔手机号〕 告知，路灯已修好。", slip.Reply!.Text);
        Assert.Equal("更换灯具", slip.Reply.Measure);
    }

    [Fact]
    public async Task A_report_gives_a_slip_for_each_of_its_sources_also_one_that_was_moved_away()
    {
        var stayed = await SaidAsync('A');
        var moved = await SaidAsync('B');
        await store.UpdateAsync(
            Containers.Submissions,
            moved.Partition,
            moved.Id,
            s => s with { IssueId = "I202611-CCCCCCCCCCCCCCCC" },
            Token
        );
        var report = await ReportAsync(IssueId, stayed, moved);
        await IssueAsync(report, null);
        var slips = await desk.OfAsync((await reports.FindAsync(report, Token))!.Document, Token);
        Assert.Equal([stayed.Id, moved.Id], slips.Select(s => s.Submission.Id));
        Assert.All(slips, s => Assert.Single(s.Adoptions));
    }

    [Fact]
    public async Task There_is_no_slip_while_there_is_nothing_to_tell()
    {
        var said = await SaidAsync('A');
        await IssueAsync(null, null);
        Assert.True((await desk.OfAsync(said, Token)).IsEmpty);
    }
}
