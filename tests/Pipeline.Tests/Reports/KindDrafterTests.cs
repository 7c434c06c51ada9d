using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Pipeline.Tests.Reports;

/// <summary>A report on a kind of matter, of which more and more places speak.</summary>
public sealed class KindDrafterTests : OverAStore
{
    private const string Kind = "KI202611-aaaaaaaaaaaaaaaa";

    private readonly CountyDirectory county = CountyFiles.Load(Seeds.Folder());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_drawn_up_anew_when_half_as_many_again_have_joined_and_not_before()
    {
        var drafter = Drafter();
        var drafted = new List<(int Joined, int Issues)>();
        for (var joined = 1; joined <= 60; joined++)
        {
            await JoinAsync(joined);
            // As after every message of the queue: most of them find nothing to do.
            if (await drafter.DraftAsync(Kind, Token) is { } report)
                drafted.Add((joined, report.Issues));
        }
        Assert.Equal([(5, 5), (8, 8), (12, 12), (18, 18), (27, 27), (41, 41)], drafted);

        // Another process has not counted along, and comes to the same.
        var other = Drafter();
        await JoinAsync(61);
        Assert.Null(await other.DraftAsync(Kind, Token));
        await JoinAsync(62);
        Assert.Equal(62, (await other.DraftAsync(Kind, Token))?.Issues);
    }

    private KindDrafter Drafter()
    {
        var rules = new RecurrenceRules([], new HashSet<string>());
        return new(
            store,
            new(store, new SqliteMessageQueue(database, time), new(county, rules)),
            rules,
            new(new Classifier(Model(), "m0001", county)),
            county,
            time
        );
    }

    private static TextClassifier Model() =>
        ClassifierTrainer.Train(
            [
                .. Enumerable
                    .Range(0, 30)
                    .Select(i =>
                        (i % 3) switch
                        {
                            0 => new LabelledText("路灯", $"村里的路灯第{i}天不亮了", "城乡建设"),
                            1 => new LabelledText("招生", $"学校招生第{i}天报名", "教育文体"),
                            _ => new LabelledText("看病", $"卫生院看病等了{i}天", "卫生健康"),
                        }
                    ),
            ],
            new TrainingOptions { Folds = 2 },
            new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
            null,
            CancellationToken.None
        );

    private async Task JoinAsync(int number)
    {
        var issue = new Issue
        {
            Id = $"I202611-{number:D16}",
            Title = $"{number}号村路灯不亮",
            Count = 1,
            Place = $"{number}号村",
            FirstSeen = time.GetUtcNow(),
            LastSeen = time.GetUtcNow(),
            KindId = Kind,
        };
        await store.WriteAsync(
            [Containers.Issues.Create(issue), Containers.Kinds.Create(KindMember.Of(issue, Kind))],
            Token
        );
        time.Advance(TimeSpan.FromHours(1));
    }
}
