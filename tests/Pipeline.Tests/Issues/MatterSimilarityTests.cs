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
    private static readonly MatterReader Reader = new(() => Places, () => Nothing);

    // Holds any two for one matter.
    private static readonly PairModel Certain = new([.. PairFeatures.Names], [], 20);

    private const string Canal = "青石村的水渠塌了三十多米，下游放不到水。";

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
    [InlineData("第二中学周末补课收费", "三中周末补课收费")]
    public void The_same_words_about_another_line_or_road_are_another_matter(
        string text,
        string elsewhere
    ) => Assert.Equal(0, Matter(text, elsewhere));

    [Fact]
    public void A_model_that_was_learnt_for_other_numbers_is_passed_over()
    {
        var old = Certain with { Names = ["words", "place"] };
        var shipped = Matter(Canal, "村里的水渠该修了");
        Assert.True(Matter(Canal, "村里的水渠该修了", Certain) > 0.99);
        Assert.Equal(shipped, Matter(Canal, "村里的水渠该修了", old));
        Assert.True(shipped < 0.99);
    }

    [Fact]
    public void Texts_with_little_in_common_are_two_matters_to_every_model() =>
        Assert.Equal(0, Matter(Canal, "食堂的菜太咸", Certain));

    [Fact]
    public void One_village_s_trouble_told_in_other_words_is_put_to_the_model() =>
        Assert.True(
            Matter(
                "上个星期我父亲中风，救护车在红星村那段烂路上颠了四十分钟，医生说再晚一点人就没了。",
                "红星村到前进村的路全是坑，我儿子骑车上学摔掉两颗门牙，赔不赔不说，路总要修吧。",
                Certain
            ) > 0.99
        );

    [Theory]
    [InlineData("2014年企业退休人员养老金调整方案何时公布", 0)]
    [InlineData("2014企业退休人员养老金调整方案何时公布", 0)]
    [InlineData("2013年企业退休人员养老金调整方案何时公布", 1)]
    [InlineData("2013、2014年企业退休人员养老金调整方案何时公布", 1)]
    [InlineData("企业退休人员养老金调整2014元何时公布", 1)]
    public void What_is_asked_of_another_year_is_another_matter(string title, double same)
    {
        const string Body =
            "我们是县化肥厂的退休工人，养老金调整方案一直没有公布，请说明什么时候补发到位。";
        var asked = Reader.Read("2013年企业退休人员养老金调整方案何时公布", Body, null);
        var matter = new MatterSimilarity(() => Certain)
            .Compare(asked, Reader.Read(title, Body, null), true)
            .Matter;
        Assert.Equal(same, matter, tolerance: 0.01);
    }

    [Theory]
    [InlineData("星沙松雅湖的水发臭", "松雅湖的水发臭", false)]
    [InlineData("东方名城小区的电梯坏了", "东方名城的电梯坏了", false)]
    [InlineData("白鹤湖的水发臭", "松雅湖的水发臭", true)]
    [InlineData("大柳溪村的井干了", "柳溪村的井干了", true)]
    // The gazetteer has both, and one name ends like the other.
    [InlineData("杨柳沟村的井干了", "柳沟村的井干了", true)]
    // Companies are written in too many ways to tell matters apart.
    [InlineData("雅华电子公司拖欠工资", "华雅电子公司拖欠工资", false)]
    public void Places_are_one_whatever_stands_before_their_name(
        string text,
        string other,
        bool apart
    )
    {
        var known = new PlaceFinder([
            new("杨柳沟村", PlaceLevel.Village, []),
            new("柳沟村", PlaceLevel.Village, []),
        ]);
        var (a, b) = (new NamedPlaces(known.Find(text)), new NamedPlaces(known.Find(other)));
        Assert.Equal(apart, new PlacePair(a, b).FineApart);
        Assert.Equal(apart, new PlacePair(b, a).FineApart);
        Assert.Equal(new PlacePair(a, b).SharedFine, new PlacePair(b, a).SharedFine);
    }

    private static double Matter(string a, string b, PairModel? learnt = null) =>
        new MatterSimilarity(() => learnt)
            .Compare(Reader.Read("", a, null), Reader.Read("", b, null), true)
            .Matter;
}
