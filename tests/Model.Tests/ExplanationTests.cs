using OpinionPipeline.Model;

namespace OpinionPipeline.Model.Tests;

public sealed class ExplanationTests
{
    private static readonly TextClassifier Model = Samples.Train();

    [Fact]
    public void The_phrases_that_carried_a_decision_stand_where_they_are_said_to()
    {
        const string Title = "　工地 拖欠工资";
        const string Body = "老板ＡＢＣ跑了，\u200B一直拖欠工资，希望人社部门处理。";
        var explanation = Model.Explain(Title, Body);
        Assert.Equal("劳动和社会保障", explanation.Prediction.Label);
        Assert.Contains(
            explanation.Phrases,
            p => p.Text.Contains("工资", StringComparison.Ordinal)
        );
        foreach (var phrase in explanation.Phrases)
            Assert.Equal(
                phrase.Text,
                (phrase.InTitle ? Title : Body).Substring(phrase.Start, phrase.Length)
            );
        Assert.Equal(explanation.Phrases.OrderByDescending(p => p.Weight), explanation.Phrases);
        Assert.InRange(explanation.Phrases.Sum(p => p.Weight), 0.1, 1.0001);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("quantum", "😀")]
    public void What_is_not_known_carries_nothing(string title, string body) =>
        Assert.Empty(Model.Explain(title, body).Phrases);
}
