using OpinionPipeline.Model;

namespace OpinionPipeline.Model.Tests;

public sealed class ClassifierTrainerTests
{
    [Fact]
    public void A_saved_model_says_what_the_trained_one_said_and_its_probabilities_are_shares_of_one()
    {
        var model = Samples.Train();
        var path = Path.GetTempFileName();
        try
        {
            model.Save(path);
            var loaded = TextClassifier.Load(path);
            foreach (var text in Samples.Texts)
            {
                var before = model.Predict(text.Title, text.Body);
                var after = loaded.Predict(text.Title, text.Body);
                Assert.Equal(text.Label, after.Label);
                Assert.Equal(before.Label, after.Label);
                Assert.Equal(before.Confidence, after.Confidence, 6);
                Assert.Equal(1, after.Confidence + after.Alternatives.Sum(a => a.Confidence), 6);
            }
            Assert.Equal(model.Card.DataHash, loaded.Card.DataHash);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_model_is_read_from_a_stream_that_stands_at_its_end()
    {
        using var stream = new MemoryStream();
        var model = Samples.Train();
        model.Save(stream);
        Assert.Equal(model.Card.DataHash, TextClassifier.Load(stream).Card.DataHash);
    }

    [Fact]
    public void The_same_texts_and_seed_give_the_same_model() =>
        Assert.Equal(
            Samples.Train().Predict("拖欠工资", "老板不给钱").Confidence,
            Samples.Train().Predict("拖欠工资", "老板不给钱").Confidence,
            9
        );

    [Fact]
    public void A_label_with_one_text_is_named_in_the_error()
    {
        var fault = Assert.Throws<ArgumentException>(() =>
            ClassifierTrainer.Train(
                [.. Samples.Texts, new("低保", "低保停了", "民政")],
                new(),
                Samples.Now,
                null,
                CancellationToken.None
            )
        );
        Assert.Contains("民政", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quality_is_what_counting_by_hand_gives()
    {
        var evaluation = Evaluation.Of([
            (0.9, "a", "a"),
            (0.8, "a", "b"),
            (0.7, "b", "b"),
            (0.6, "b", "b"),
        ]);
        Assert.Equal(0.75, evaluation.Accuracy, 6);
        // a: precision 1/2, recall 1, F1 2/3; b: precision 1, recall 2/3, F1 4/5.
        Assert.Equal((2.0 / 3 + 0.8) / 2, evaluation.MacroF1, 6);
    }

    [Fact]
    public void Near_duplicates_never_stand_in_two_folds()
    {
        var copies = Samples
            .Texts.SelectMany(t => new[] { t, t with { Body = t.Body + "。" } })
            .ToList();
        var folds = Folds.Assign(copies, 3, 1);
        for (var i = 0; i < copies.Count; i += 2)
            Assert.Equal(folds[i], folds[i + 1]);
    }
}
