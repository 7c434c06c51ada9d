using System.IO.Compression;
using System.Text.Json.Nodes;

namespace OpinionPipeline.Model.Tests;

/// <summary>Below the first level a model says more where its texts do, and nothing else changes by it.</summary>
public sealed class SecondLevelTests
{
    private static readonly TrainingOptions Options = new() { Folds = 2 };
    private static readonly IReadOnlyList<LabelledText> Many =
    [
        .. Texts("城乡建设", "市政管理", "路灯 井盖 垃圾 绿化 人行道 公厕 下水道 积水 占道 广场"),
        .. Texts(
            "城乡建设",
            "住房保障",
            "物业 电梯 漏水 房产证 公积金 安置房 过渡费 维修金 车位 消防"
        ),
        .. Texts("教育文体", "考试招生", "中考 高考 报名 志愿 分数 录取 准考证 自主招生 补录 体检"),
    ];

    // Thirty different texts of a topic's words.
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

    private static TextClassifier Train(
        IReadOnlyList<LabelledText> texts,
        TrainingOptions options
    ) => ClassifierTrainer.Train(texts, options, Samples.Now, null, CancellationToken.None);

    [Fact]
    public void The_first_level_says_what_it_said_without_the_second()
    {
        var with = Train(Many, Options);
        var without = Train([.. Many.Select(t => t with { Second = null })], Options);
        foreach (var text in Many)
        {
            var (a, b) = (
                with.Predict(text.Title, text.Body),
                without.Predict(text.Title, text.Body)
            );
            Assert.Equal((b.Label, b.Confidence), (a.Label, a.Confidence));
            Assert.Equal(b.Alternatives, a.Alternatives);
        }
        Assert.Equal(without.Card.Threshold, with.Card.Threshold);
        Assert.Equal(without.Card.Sharpness, with.Card.Sharpness);
        Assert.Empty(without.Card.Finer);
    }

    [Fact]
    public void Below_a_label_of_two_finer_ones_it_says_which_and_is_sure_where_there_is_enough_to_judge_by()
    {
        var model = Train(Many, Options);
        var said = model.PredictFiner("城乡建设", "电梯坏了", "物业说要动用维修金")!;
        Assert.Equal("住房保障", said.Label);
        Assert.Equal(1, said.Confidence + said.Alternatives.Sum(a => a.Confidence), 6);
        Assert.True(said.Confidence >= model.Card.FinerThreshold);
        var card = Assert.Single(model.Card.Finer);
        Assert.Equal(("城乡建设", 60), (card.Label, card.Documents));
        Assert.True(card.Accuracy > 0.95);
        Assert.True(card.Decided > 0.5 && card.DecidedAccuracy >= 0.98);

        // One finer label alone is no choice.
        Assert.Null(model.PredictFiner("教育文体", "中考报名", ""));
    }

    [Fact]
    public void Of_a_few_texts_it_suggests_and_decides_nothing()
    {
        var few = Train([.. Many.Where((_, i) => i % 30 < 6)], Options);
        Assert.Null(few.Card.FinerThreshold);
        Assert.Equal(0, few.Card.Finer[0].Decided);
        Assert.Equal("市政管理", few.PredictFiner("城乡建设", "路灯井盖", "积水")!.Label);
    }

    [Fact]
    public void A_name_of_a_category_teaches_what_no_text_says()
    {
        var names = new LabelledText("燃气供应", "市政管理，燃气供应", "城乡建设")
        {
            Second = "市政管理",
        };
        double Gas(TrainingOptions options) =>
            Train(Many, options).PredictFiner("城乡建设", "燃气供应", "燃气供应") is var said
            && said!.Label == "市政管理"
                ? said.Confidence
                : 0;
        Assert.True(Gas(Options with { Names = [names, names] }) > Gas(Options) + 0.1);
    }

    [Fact]
    public void It_stands_in_the_file_and_a_file_from_before_it_still_loads()
    {
        var model = Train(Many, Options);
        using var file = new MemoryStream();
        model.Save(file);
        var text = Many[0];
        Assert.Equal(
            model.PredictFiner(text.Label, text.Title, text.Body)!.Confidence,
            TextClassifier.Load(file).PredictFiner(text.Label, text.Title, text.Body)!.Confidence
        );

        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("finer.bin")!.Delete();
            JsonNode card;
            using (var entry = zip.GetEntry("card.json")!.Open())
                card = JsonNode.Parse(entry)!;
            card.AsObject().Remove("finer");
            card.AsObject().Remove("finerThreshold");
            zip.GetEntry("card.json")!.Delete();
            using var writer = new StreamWriter(zip.CreateEntry("card.json").Open());
            writer.Write(card.ToJsonString());
        }
        var old = TextClassifier.Load(file);
        Assert.Equal(
            model.Predict(text.Title, text.Body).Confidence,
            old.Predict(text.Title, text.Body).Confidence
        );
        Assert.Null(old.PredictFiner(text.Label, text.Title, text.Body));
    }
}
