using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Tests.Classification;

/// <summary>The longest rule wins where the second level is sure; else all is as if there were only the first.</summary>
public sealed class SecondLevelTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly CountyDirectory County = new(
        [
            new("01", 1, null, "城乡建设", "Construction"),
            new("0102", 2, "01", "市政管理", "Municipal services"),
            new("0109", 2, "01", "住房保障", "Housing"),
            new("0110", 2, "01", "地名", "Names of places"),
            new("04", 1, null, "教育文体", "Education"),
        ],
        [
            new("O01", "住建局", "Housing"),
            new("O02", "城管局", "City"),
            new("O09", "教育局", "Education"),
            new("O99", "办公室", "Office"),
        ],
        [],
        [],
        [],
        new Dictionary<string, string>
        {
            ["01"] = "O01",
            ["0102"] = "O02",
            ["04"] = "O09",
        }
    );

    private static readonly TextClassifier Model = ClassifierTrainer.Train(
        [
            .. Texts("城乡建设", "市政管理", "路灯 井盖 垃圾 绿化 步道 公厕 水沟 积水 占道 广场"),
            .. Texts("城乡建设", "住房保障", "物业 电梯 漏水 房产 公积金 安置 过渡 维修 车位 消防"),
            .. Texts("教育文体", "考试招生", "中考 高考 报名 志愿 分数 录取 考场 招生 补录 体检"),
        ],
        new TrainingOptions { Folds = 2 },
        Now,
        null,
        CancellationToken.None
    );

    private static readonly Classifier Classifier = new(Model, "m0001", County);

    private static IEnumerable<LabelledText> Texts(string label, string second, string words)
    {
        var all = words.Split(' ');
        var random = new Random(7);
        for (var i = 0; i < 30; i++)
        {
            random.Shuffle(all);
            yield return new(all[0] + all[1], string.Join('，', all[2..7]) + $"，{i}次", label)
            {
                Second = second,
            };
        }
    }

    private static Submission Said(string title, string body, string? category = null) =>
        new()
        {
            Id = "202611-aaaaaaaaaaaaaaaa",
            ReceivedAt = Now,
            SaidAt = Now,
            Station = "T01S01",
            RecordedBy = "station",
            Channel = Channel.Api,
            Receipt = "0000-0000-0000-0000",
            Title = title,
            Body = body,
            Category = category,
            ModelVersion = category is null ? null : "person",
        };

    [Fact]
    public void Sure_of_the_second_level_it_sends_to_the_office_of_the_longest_rule()
    {
        var judged = Classifier.Judge(Said("路灯井盖", "垃圾，绿化，积水，占道，公厕"));
        Assert.Equal(
            ("01", "0102", true),
            (judged.Category, judged.Finer?.Code, judged.Finer?.Sure)
        );
        Assert.Equal("O02", judged.Office);
    }

    [Fact]
    public void Unsure_of_it_it_suggests_and_the_first_level_decides()
    {
        var judged = Classifier.Judge(Said("路灯电梯", "垃圾，物业，积水，车位"));
        Assert.Equal("01", judged.Category);
        Assert.False(judged.Finer!.Sure);
        Assert.Equal("O01", judged.Office);
    }

    [Fact]
    public void Below_what_a_person_said_it_goes_on_and_what_a_person_said_below_it_is_sure()
    {
        var file = Classifier.Judge(Said("路灯井盖", "垃圾，绿化，积水，占道，公厕", "01"));
        Assert.Equal(("0102", "O02"), (file.Finer?.Code, file.Office));
        var finer = Classifier.Refine(Said("路灯井盖", "垃圾，绿化，积水", "0109"));
        Assert.Equal(new FinerCategory("0109", 1, true), finer.Finer);
        Assert.Equal("O01", finer.Office);

        // A person said another category than the model did: there its word is a suggestion.
        var elsewhere = Classifier.Refine(
            Said("路灯井盖", "垃圾，绿化，积水，占道，公厕", "01"),
            decides: false
        );
        Assert.Equal(
            ("0102", false, "O01"),
            (elsewhere.Finer?.Code, elsewhere.Finer?.Sure, elsewhere.Office)
        );

        // A person said no more than the first level, and it was sent back so: it stays.
        var back = Said("路灯井盖", "垃圾，绿化，积水", "01") with
        {
            Status = SubmissionStatus.Processed,
        };
        Assert.Equal("O01", Classifier.Judge(back).Office);
    }

    [Fact]
    public void All_that_is_below_a_category_can_be_chosen_the_most_probable_first()
    {
        var below = Classifier.Below("01", "电梯坏了", "物业不管，漏水，车位");
        Assert.Equal(["0109", "0102", "0110"], below.Select(b => b.Code));
        Assert.Null(below[2].Confidence);
        Assert.Empty(Classifier.Below("04", "电梯坏了", "物业不管"));
    }

    [Fact]
    public void A_second_level_that_was_renamed_is_said_in_todays_code_and_one_that_was_split_is_not_said()
    {
        var later = new DateOnly(2027, 1, 1);
        var renamed = new CountyDirectory(
            [.. County.Categories.Select(c => c.Code == "0102" ? c with { Name = "城市管理" } : c)],
            County.Offices,
            [],
            [],
            [],
            new Dictionary<string, string> { ["01"] = "O01", ["0102"] = "O02" }
        );
        FinerCategory? Finer(params string[] to) =>
            new Classifier(
                Model,
                "m0001",
                renamed,
                new(renamed, [new("0102", "市政管理", to, later, "")])
            )
                .Judge(Said("路灯井盖", "垃圾，绿化，积水，占道，公厕"))
                .Finer;
        Assert.Equal("0102", Finer("0102")?.Code);
        Assert.Null(Finer("0102", "0110"));
    }

    [Fact]
    public void An_issue_goes_where_most_of_its_sure_members_say_and_where_they_are_of_two_minds_by_the_first_level()
    {
        var description = new IssueDescription(
            County,
            new RecurrenceRules([new("", 5, 3, 60), new("0102", 3, 2, 60)], new HashSet<string>())
        );
        Member Of(int i, string? finer) =>
            new()
            {
                Id = $"202611-{i}",
                IssueId = "I202611-0",
                SaidAt = Now.AddHours(i),
                Station = $"T0{i}S01",
                Title = "路灯不亮",
                Category = "01",
                Finer = finer,
            };

        var one = description.Of(null, "I202611-0", [Of(0, null)], 1);
        Assert.Equal((null, "O01"), (one.Finer, one.Office));
        var three = description.Of(one, one.Id, [Of(0, null), Of(1, "0102"), Of(2, null)], 3);
        Assert.Equal(("01", "0102", "O02"), (three.Category, three.Finer, three.Office));
        // Matters of that kind need fewer voices.
        Assert.True(three.Recurring);
        var torn = description.Of(three, one.Id, [Of(0, "0109"), Of(1, "0102"), Of(2, null)], 3);
        Assert.Equal((null, "O01", false), (torn.Finer, torn.Office, torn.Recurring));
        // Where a person sent it, it stays.
        var sent = three with
        {
            Office = "O09",
            RoutedAt = Now,
        };
        Assert.Equal("O09", description.Of(sent, one.Id, [Of(0, "0109")], 1).Office);
    }
}
