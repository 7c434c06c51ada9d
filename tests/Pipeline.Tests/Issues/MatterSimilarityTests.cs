using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Tests.Issues;

public sealed class MatterSimilarityTests
{
    // Knows no word at all, as on a county's first day of something new.
    private static readonly Language Nothing = new(
        TermWeights.Build([]),
        TermVectors.None,
        Background.None
    );
    private static readonly PlaceFinder Places = Gazetteer.Finder(CountyFiles.Load(Seeds.Folder()));
    private static readonly MatterSimilarity Similarity = new(() => null);
    private static readonly MatterReader Reader = new(() => Places, () => Nothing);

    [Theory]
    [InlineData(
        "趬墡餝鉐蚟焰债县彧犾琷竻，閦勱鹣貏觮鯕脀舧誵鏎",
        "您好，趬墡餝鉐蚟焰债县彧犾琷竻，閦勱鹣貏觮鯕脀舧誵鏎。盼复"
    )]
    [InlineData(
        "路灯坏了三个月，晚上走路看不见，请修一修",
        "路灯坏了三个月，晚上走路看不见，请修一修"
    )]
    public void The_same_text_again_is_the_same_matter_whatever_the_model_knows(
        string text,
        string again
    ) => Assert.True(Matter(text, again) >= MatterSimilarity.SameMatter);

    [Theory]
    [InlineData(
        "701路公交车末班车太早，请延长到晚上十点",
        "702路公交车末班车太早，请延长到晚上十点"
    )]
    [InlineData("请在1506号路装路灯，晚上看不见", "请在1508号路装路灯，晚上看不见")]
    public void The_same_words_about_another_line_or_road_are_another_matter(
        string text,
        string elsewhere
    ) => Assert.Equal(0, Matter(text, elsewhere));

    [Fact]
    public void A_model_that_was_learnt_for_other_numbers_is_passed_over()
    {
        const string Text = "青石村的水渠塌了三十多米，下游放不到水。";
        var certain = new PairModel([.. PairFeatures.Names], [], 20);
        var old = certain with { Names = ["words", "place"] };
        var (a, b) = (Reader.Read("", Text, null), Reader.Read("", "食堂的菜太咸", null));
        double By(PairModel model) => new MatterSimilarity(() => model).Compare(a, b, true).Matter;
        Assert.True(By(certain) > 0.99);
        Assert.Equal(Similarity.Compare(a, b, true).Matter, By(old));
    }

    private static double Matter(string a, string b) =>
        Similarity.Compare(Reader.Read("", a, null), Reader.Read("", b, null), true).Matter;
}
