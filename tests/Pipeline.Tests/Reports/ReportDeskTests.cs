using Microsoft.Extensions.Time.Testing;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Pipeline.Tests.Reports;

/// <summary>A draft is edited with its history and its sources kept; what is out is only recorded on.</summary>
public sealed class ReportDeskTests : IAsyncDisposable
{
    private const string Id = "RI202611-aaaaaaaaaaaaaaaa";
    private readonly string folder = Directory.CreateTempSubdirectory("op-report-").FullName;
    private readonly FakeTimeProvider time = new(new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly SqliteDatabase database;
    private readonly SqliteDocumentStore store;
    private readonly ReportDesk desk;

    public ReportDeskTests()
    {
        database = new(folder);
        store = new(database, time, Durability.Ordered);
        desk = new(store, time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task DraftAsync() =>
        await store.WriteAsync(
            Containers.Reports.Create(
                new Report
                {
                    Id = Id,
                    Partition = "2026",
                    IssueId = Id[1..],
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
        await desk.SubmitAsync(Id, "committee", Token);
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

    private Task<Result<Report>> AdoptAsync(DateOnly? on) =>
        desk.AdoptAsync(Id, AdoptionLevel.City, true, "另一篇", on, "committee", Token);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
