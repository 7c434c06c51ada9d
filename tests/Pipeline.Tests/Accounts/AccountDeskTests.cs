using System.Text;
using OpinionPipeline.Pipeline.Accounts;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Forums;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Rendering;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Tests.Accounts;

/// <summary>The account of October 2026, looked at on 24 November.</summary>
public sealed class AccountDeskTests : OverAStore
{
    private static readonly CountyDirectory County = new(
        [new("01", 1, null, "城乡建设", "Construction"), new("0101", 2, "01", "安全", "Safety")],
        [new("O01", "住建局", "Housing")],
        [
            new("S01", "东村社情民意联络站", "East", "T01", "station"),
            new("S02", "西村社情民意联络站", "West", "T01", "station"),
            new("S03", "北村社情民意联络站", "North", "T02", "station"),
            new("WEB", "网上留言", "Board", "", "online"),
        ],
        [new("T01", "城东街道", "Chengdong"), new("T02", "城西街道", "Chengxi")],
        [],
        new Dictionary<string, string>()
    );
    private static readonly DateOnly October = new(2026, 10, 1);
    private readonly AccountDesk desk;
    private int number;

    public AccountDeskTests()
    {
        time.Advance(TimeSpan.FromDays(1));
        desk = new(
            store,
            County,
            // The National Day of 2026: 1 to 7 October free, Saturday the 10th worked.
            new Deadlines(CountyFiles.LoadHolidays(Seeds.Folder()), new DigestOptions()),
            new PointRules([
                new(new(2026, 1, 1), PointEvent.Submitted, 1),
                new(new(2026, 1, 1), PointEvent.City, 10, Combined: 0.5m, Joint: 0.5m),
                new(new(2026, 1, 1), PointEvent.Instruction, 4),
            ]),
            time
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset At(int month, int day, int hour = 9) =>
        new(2026, month, day, hour, 0, 0, LocalTime.Offset);

    private async Task<Submission> CameAsync(
        DateTimeOffset at,
        string station = "S01",
        Func<Submission, Submission>? alter = null
    )
    {
        var id = SubmissionId.From(at, station, $"{number++}");
        var said = new Submission
        {
            Id = id,
            ReceivedAt = at,
            SaidAt = at,
            Station = station,
            RecordedBy = "k",
            Channel = Channel.Page,
            Receipt = "R",
            Title = "路灯不亮",
            Body = "村口的路灯坏了。",
            Category = "0101",
            IssueId = "I" + id,
        };
        said = alter?.Invoke(said) ?? said;
        await store.WriteAsync(Containers.Submissions.Create(said), Token);
        return said;
    }

    private async Task IssueAsync(Submission founder, DateTimeOffset? answered, bool up = true) =>
        await store.WriteAsync(
            Containers.Issues.Create(
                new Issue
                {
                    Id = "I" + founder.Id,
                    Title = founder.Title,
                    Count = 1,
                    FirstSeen = founder.SaidAt,
                    LastSeen = founder.SaidAt,
                    Office = "O01",
                    Escalates = up,
                    Status = answered is null ? IssueStatus.Open : IssueStatus.Answered,
                    Replies = answered is { } at
                        ? [new("O01", "已修好。", null, null, null, false, "office", at)]
                        : [],
                }
            ),
            Token
        );

    private async Task ReportAsync(
        string letter,
        IReadOnlyList<Adoption> adoptions,
        IReadOnlyList<Instruction> instructions,
        params Submission[] sources
    ) =>
        await store.WriteAsync(
            Containers.Reports.Create(
                new Report
                {
                    Id = "RI202609-" + new string(letter[0], 16),
                    Partition = "2026",
                    IssueId = "I",
                    Scope = "matter",
                    Title = "关于路灯的专报",
                    Category = "01",
                    Office = "O01",
                    DraftedAt = At(9, 30),
                    Status = ReportStatus.Submitted,
                    Sections = [],
                    Sources = [.. sources.Select(s => s.Id)],
                    Adoptions = adoptions,
                    Instructions = instructions,
                }
            ),
            Token
        );

    private static Adoption City(int month, int day, bool combined) =>
        new(AdoptionLevel.City, combined, null, new(2026, month, day), "c", At(11, 20));

    private Task<MonthlyAccount> AccountAsync() => desk.OfAsync(new(2026, 10, 17), Token);

    [Fact]
    public async Task A_month_is_the_countys_own_from_midnight_to_midnight()
    {
        await CameAsync(At(9, 30, 23));
        await IssueAsync(await CameAsync(At(10, 1, 0)), null);
        await IssueAsync(await CameAsync(At(10, 31, 23)), null);
        await IssueAsync(await CameAsync(At(11, 1, 0)), null);
        var account = await AccountAsync();
        Assert.Equal(October, account.Month);
        Assert.Equal(2, account.All.Count);
        Assert.Equal(2, Assert.Single(account.Offices).Issues);
    }

    [Fact]
    public async Task What_came_in_is_counted_by_channel_category_township_and_station()
    {
        var first = await CameAsync(At(10, 9));
        await CameAsync(At(10, 12), "S03", s => s with { DuplicateOf = first.Id });
        await CameAsync(
            At(10, 12),
            "WEB",
            s => s with { Channel = Channel.Batch, Category = null }
        );
        // Cut into its matters: these are counted, it is not.
        await CameAsync(At(10, 12), "S01", s => s with { SplitInto = ["a", "b"] });
        var account = await AccountAsync();
        Assert.Equal(new("", 3, 1), account.All);
        Assert.Equal([new("Page", 2, 1), new("Batch", 1, 0)], account.Channels);
        Assert.Equal([new("01", 2, 1), new("", 1, 0)], account.Categories);
        Assert.Equal([new("", 1, 0), new("T01", 1, 0), new("T02", 1, 1)], account.Townships);
        Assert.Equal(
            [new("S01", 1, 0, 0, 0, 1), new("S03", 1, 1, 0, 0, 0), new("WEB", 1, 0, 0, 0, 0)],
            account.Stations
        );
        // The board on the internet is no station that keeps silent.
        Assert.Equal(1, account.SilentStations);
    }

    [Fact]
    public async Task Answers_are_in_time_by_working_days_and_not_by_the_calendar()
    {
        // Ten working days from 30 September would end on 14 October, the holiday and its make-up day left out.
        var holiday = await CameAsync(At(10, 1));
        await IssueAsync(holiday, At(10, 20, 23));
        await IssueAsync(await CameAsync(At(10, 1, 10)), At(10, 21, 0));
        await IssueAsync(await CameAsync(At(10, 12)), null);
        await IssueAsync(await CameAsync(At(10, 12, 10), "S01", Later), null);
        await IssueAsync(await CameAsync(At(10, 12, 11)), null, up: false);
        var office = Assert.Single((await AccountAsync()).Offices);
        Assert.Equal(new("O01", 1, 1, 1, 1, 1), office);
        Assert.Equal(1 / 3.0, office.Share);
        // Which one nobody answered, and since when it should have been, stands on the page by name.
        var overdue = Assert.Single((await AccountAsync()).Overdue);
        Assert.Equal(("路灯不亮", new DateOnly(2026, 10, 26)), (overdue.Title, overdue.Due));
        var page = new AccountPage(County, new DigestOptions(), english: false).Of(
            await AccountAsync()
        );
        Assert.Contains(
            page.Blocks.OfType<Table>(),
            t => t.Rows.Any(r => r.SequenceEqual(["路灯不亮", "住建局", "2026-10-26"]))
        );

        // Received in October, spoken of only as of mid-November: its time is not out.
        static Submission Later(Submission s) => s with { SaidAt = At(11, 16) };
    }

    [Fact]
    public async Task Reports_taken_up_in_the_month_earn_their_stations_points()
    {
        var earlier = await CameAsync(At(9, 2), "S01");
        var other = await CameAsync(At(9, 3), "S02");
        await ReportAsync("A", [City(10, 8, combined: true), City(11, 3, false)], [], earlier);
        await ReportAsync(
            "B",
            [],
            [new("请办理。", "c", null, At(10, 31, 23)), new("再办。", "c", null, At(11, 1, 0))],
            earlier,
            other
        );
        await ReportAsync("C", [City(9, 30, false)], [], other);
        var account = await AccountAsync();
        Assert.Equal([AdoptionLevel.City, null], account.Reports.Select(r => r.Level));
        Assert.Equal(["S01", "S02"], account.Reports[1].Stations);
        Assert.Equal([new("S01", 0, 0, 1, 1, 5 + 4), new("S02", 0, 0, 0, 1, 4)], account.Stations);
    }

    [Fact]
    public async Task A_forum_shows_what_it_brought()
    {
        var forum = new Forum
        {
            Id = "F" + SubmissionId.From(At(10, 9), "S01", "forum"),
            Title = "秋季恳谈会",
            Place = "村委会",
            HeldOn = new(2026, 10, 9),
            Station = "S01",
            RecordedBy = "k",
            RecordedAt = At(10, 9),
        };
        await store.WriteAsync(Containers.Forums.Create(forum), Token);
        await CameAsync(At(10, 9), "S01", s => s with { Forum = forum.Id });
        await CameAsync(At(10, 9, 10), "S01", s => s with { Forum = forum.Id });
        await CameAsync(At(10, 9, 11));
        var account = await AccountAsync();
        Assert.Equal(
            new(forum.Id, "秋季恳谈会", new(2026, 10, 9), "S01", 2, 2),
            Assert.Single(account.Forums)
        );
        Assert.Equal(3, Assert.Single(account.Stations).Points);
    }

    [Theory]
    [InlineData(
        false,
        "社情民意月度通报（2026年10月）",
        "城乡建设,1,0",
        "东村联络站,城东街道,1,0,0,0,1"
    )]
    [InlineData(
        true,
        "\"Monthly account, 2026-10\"",
        "Construction,1,0",
        "East,Chengdong,1,0,0,0,1"
    )]
    public async Task The_account_is_a_table_for_excel_in_either_language(
        bool english,
        string title,
        string category,
        string station
    )
    {
        await CameAsync(At(10, 9));
        var page = new AccountPage(County, new DigestOptions(), english).Of(await AccountAsync());
        var file = CsvPageWriter.Write(page);
        Assert.Equal(Encoding.UTF8.Preamble, file.AsSpan(0, 3));
        var lines = Encoding.UTF8.GetString(file.AsSpan(3)).TrimEnd().Split("\r\n");
        Assert.StartsWith(title, lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.StartsWith(category, StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith(station, StringComparison.Ordinal));
    }
}
