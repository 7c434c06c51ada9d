using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Tests.Issues;

public sealed class PairFeaturesTests
{
    private static readonly PlaceFinder Places = new([]);
    private static readonly Language Nothing = new(
        TermWeights.Build([]),
        TermVectors.None,
        Background.None
    );

    [Theory]
    [InlineData("泉塘小区的传销", "泉塘镇有传销", 1)]
    [InlineData("泉塘小区的传销", "泉塘传销成灾", 1)]
    [InlineData("泉塘传销成灾", "泉塘小区的传销", 1)]
    [InlineData("泉塘小区的传销", "白塔小区的传销", 0)]
    public void A_name_is_common_whatever_stands_behind_it(string one, string other, int names)
    {
        Assert.Equal(names, Number(one, other, "common names"));
        Assert.Equal(names > 0, Number(one, other, "rarest common name") > 0);
    }

    [Fact]
    public void How_much_of_a_title_another_text_has_is_told()
    {
        Assert.Equal(1, Number("水渠塌了三十米", "青石村的水渠塌了三十米", "title told, better"));
        Assert.InRange(
            Number("水渠塌了三十米", "青石村的水渠塌了三十米", "title told, worse"),
            0.3,
            0.7
        );
        Assert.Equal(-1, Number("水渠塌了", "青石村的水渠", "names of title told, worse"));
    }

    private static double Number(string one, string other, string name) =>
        new PairFeatures(Title(one), Title(other), sameCategory: true).Numbers()[
            PairFeatures.Names.Index().First(n => n.Item == name).Index
        ];

    private static MatterText Title(string title) => new(title, "", null, Places, Nothing);
}
