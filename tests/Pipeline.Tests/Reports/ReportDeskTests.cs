using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Reports;

namespace OpinionPipeline.Pipeline.Tests.Reports;

/// <summary>A draft is edited with its history and its sources kept; what is out is only recorded on.</summary>
public sealed class ReportDeskTests : OverAStore
{
    private const string Id = "RI202611-aaaaaaaaaaaaaaaa";
    private static readonly CountyDirectory County = CountyFiles.Load(Seeds.Folder());
    private readonly ReportDesk desk;

    public ReportDeskTests()
    {
        desk = new(store, County, time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task DraftAsync(string id = Id) =>
        await store.WriteAsync(
            Containers.Reports.Create(
                new Report
                {
                    Id = id,
                    Partition = "2026",
                    IssueId = id[1..],
                    Scope = "matter",
                    Title = "关于路灯的专报",
                    Category = "01",
                    Office = "O01",
                    DraftedAt = time.GetUtcNow(),
                    Sections =
                    [
                        new(
                            "situation",
                            "反映情况",
                            [new("共3件。", null), new("路灯坏了。", "S1")]
                        ),
                        new(ReportSection.Sources, "来源", [new("路灯", "S1")]),
                    ],
                    Sources = ["S1"],
                }
            ),
            Token
        );

    private Task<Result<Report>> EditAsync(int version, params EditedSentence[] sentences) =>
        desk.EditAsync(Id, new("关于路灯的专报", sentences, version), "committee", Token);

    private static string CodeOf<T>(Result<T> result) => Assert.Single(result.Rejections).Code;

    [Fact]
    public async Task A_changed_sentence_keeps_the_words_of_its_source_and_the_report_what_it_said()
    {
        await DraftAsync();
        await EditAsync(0, new("situation", 0, ""), new("situation", 1, "路灯不亮。"));
        var now = (
            await EditAsync(
                1,
                new("situation", 0, "路灯全部不亮。"),
                new("situation", null, "已现场查看。")
            )
        ).Value;
        Sentence[] wanted =
        [
            new("路灯全部不亮。", "S1") { Quoted = "路灯坏了。" },
            new("已现场查看。", null),
        ];
        Assert.Equal(wanted, now.Sections[0].Sentences);
        Assert.Equal("路灯", Assert.Single(now.Sections[1].Sentences).Text);
        Assert.Equal(ReportStatus.Edited, now.Status);
        Assert.Equal("路灯坏了。", now.History[0].Sections[0].Sentences[1].Text);
        Assert.Equal("路灯不亮。", now.History[1].Sections[0].Sentences[0].Text);
    }

    [Fact]
    public async Task Who_comes_late_or_leaves_nothing_is_told_so()
    {
        await DraftAsync();
        await EditAsync(0, new EditedSentence("situation", 0, "共三件。"));
        Assert.Equal(
            "report.changed",
            CodeOf(await EditAsync(0, new EditedSentence("situation", 0, "共4件。")))
        );
        Assert.Equal(
            "sentences.required",
            CodeOf(await EditAsync(1, new EditedSentence("situation", 0, " ")))
        );
    }

    [Fact]
    public async Task What_is_out_is_edited_no_more_and_what_is_closed_is_recorded_on_no_more()
    {
        await DraftAsync();
        Assert.Equal("report.notSubmitted", CodeOf(await AdoptAsync(null)));
        await desk.SubmitAsync(Id, null, "committee", Token);
        Assert.Equal(
            "report.alreadySubmitted",
            CodeOf(await EditAsync(0, new EditedSentence("situation", 0, "共4件。")))
        );
        Assert.Equal("on.future", CodeOf(await AdoptAsync(new DateOnly(2026, 11, 24))));
        var adopted = (await AdoptAsync(new DateOnly(2026, 11, 20))).Value.Adoptions;
        Assert.Equal("另一篇", Assert.Single(adopted).With);
        await desk.CloseAsync(Id, "committee", Token);
        Assert.Equal("report.closed", CodeOf(await AdoptAsync(null)));
    }

    [Fact]
    public async Task Each_report_goes_out_under_a_number_of_its_own_whoever_submits_it_at_once()
    {
        var ids = "abcdefghijkl".Select(c => "RI202611-" + new string(c, 16)).ToList();
        foreach (var id in ids)
            await DraftAsync(id);
        ReportDesk[] desks = [desk, new(store, County, time)];
        await Task.WhenAll(
            ids.SelectMany(id =>
                desks.Select(d => Task.Run(() => d.SubmitAsync(id, null, "committee", Token)))
            )
        );
        var numbers = new List<string?>();
        foreach (var id in ids)
            numbers.Add((await desk.FindAsync(id, Token))!.Document.Number);
        Assert.Equal(
            Enumerable.Range(1, ids.Count).Select(n => $"安政协信息〔2026〕{n}号").Order(),
            numbers.Order()
        );
    }

    [Fact]
    public async Task Who_submits_again_what_was_cut_short_leaves_out_no_number()
    {
        const string next = "RI202611-bbbbbbbbbbbbbbbb";
        await DraftAsync();
        await DraftAsync(next);
        // The number was given, then the machine broke down.
        await store.WriteAsync(
            Containers.Numbers.Create(new() { Partition = "2026", Given = [Id] }),
            Token
        );
        var other = await desk.SubmitAsync(next, " 王建国 ", "committee", Token);
        var again = await desk.SubmitAsync(Id, "", "committee", Token);
        Assert.Equal(("安政协信息〔2026〕2号", "王建国"), (other.Value.Number, other.Value.Signer));
        Assert.Equal(("安政协信息〔2026〕1号", null), (again.Value.Number, again.Value.Signer));
    }

    [Fact]
    public async Task Numbers_begin_anew_with_the_countys_year_and_what_is_refused_gets_none()
    {
        const string next = "RI202611-bbbbbbbbbbbbbbbb";
        await DraftAsync();
        await DraftAsync(next);
        await desk.SubmitAsync(next, null, "committee", Token);
        // Half past midnight in the county, still the old year in Greenwich.
        time.SetUtcNow(new(2026, 12, 31, 16, 30, 0, TimeSpan.Zero));
        var refused = await desk.SubmitAsync(Id, new string('长', 51), "committee", Token);
        Assert.Equal("signer.tooLong", CodeOf(refused));
        Assert.Null(await store.ReadAsync(Containers.Numbers, "2027", "reports", Token));
        var first = await desk.SubmitAsync(Id, null, "committee", Token);
        Assert.Equal("安政协信息〔2027〕1号", first.Value.Number);
    }

    private Task<Result<Report>> AdoptAsync(DateOnly? on) =>
        desk.AdoptAsync(Id, AdoptionLevel.City, true, "另一篇", on, "committee", Token);
}
