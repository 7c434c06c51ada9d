using OpinionPipeline.Text;

namespace OpinionPipeline.Text.Tests;

public sealed class NormalizationTests
{
    [Theory]
    [InlineData("１２３ＡＢＣ", "123abc")]
    [InlineData("自来 水\u200B发黄！！", "自来水发黄")]
    [InlineData("請問學校什麼時候開門？", "请问学校什么时候开门")]
    [InlineData("A3区 1506号路", "a3区1506号路")]
    public void Texts_that_look_alike_become_one(string text, string expected) =>
        Assert.Equal(expected, Normalization.Compact(text));

    [Fact]
    public void A_lone_surrogate_is_dropped() =>
        Assert.Equal("路灯", Normalization.Compact("路\uD800灯"));

    [Fact]
    public void Sentences_stand_in_the_text_word_for_word()
    {
        const string text = "路灯坏了。晚上很黑！“什么时候修？”盼复\n谢谢";
        var sentences = Sentences.Split(text);
        Assert.Equal(["路灯坏了。", "晚上很黑！", "“什么时候修？”", "盼复", "谢谢"], sentences);
        Assert.All(sentences, s => Assert.Contains(s, text, StringComparison.Ordinal));
    }
}
