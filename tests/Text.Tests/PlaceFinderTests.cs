using OpinionPipeline.Text;

namespace OpinionPipeline.Text.Tests;

public sealed class PlaceFinderTests
{
    private static readonly PlaceFinder Finder = new([
        new("石桥镇", PlaceLevel.Township, []),
        new("双石桥", PlaceLevel.Site, ["双石村大桥"]),
        new("县一中", PlaceLevel.Site, ["安澜一中", "县第一中学"]),
    ]);

    [Theory]
    [InlineData("双石村大桥裂了", "双石桥")]
    [InlineData("安澜一中周末补课", "县一中")]
    [InlineData("我们村民走石桥镇的双石桥赶集", "石桥镇", "双石桥")]
    [InlineData("1506号路和1508号路没有路灯", "1506号路", "1508号路")]
    [InlineData("投诉东方名城小区物业", "东方名城小区")]
    [InlineData("在柳溪村和塘尾村之间", "柳溪村", "塘尾村")]
    [InlineData("701的公交车和708路都不到东风桥", "701路公交", "708路公交", "东风桥")]
    [InlineData("地铁三号线、2#线、十二号线何时开通", "地铁3号线", "地铁2号线", "地铁12号线")]
    [InlineData("请在1506号路装路灯", "1506号路")]
    [InlineData("农村道路建设资金", new string[0])]
    [InlineData("C市二中和第三中学周末补课", "c市", "二中", "三中")]
    [InlineData("C市楚钢一中不是C3县一中", "c市", "楚钢一中", "c3县", "一中")]
    [InlineData("县二中和第二十一中学", "二中", "二十一中")]
    [InlineData("十八届三中全会和初三中考", new string[0])]
    [InlineData("月白公路和长韶高速公路比农村公路差", "月白公路", "长韶高速")]
    [InlineData("建材市场脏乱", new string[0])]
    [InlineData("在和平路与万家丽路口", "和平路", "万家丽路")]
    [InlineData("邝家村到城关镇的班车", "邝家村", "城关镇")]
    [InlineData("和平路这家医院", "和平路")]
    [InlineData("红旗路小学门口和红旗路都堵", "红旗路小学", "红旗路")]
    [InlineData("东湖路、白塔湾村和杨桥镇都停水", "东湖路", "白塔湾村", "杨桥镇")]
    [InlineData("东湖路灯不亮", "东湖")]
    [InlineData("上坪村到关口村的路", "上坪村", "关口村")]
    [InlineData("但小区里还没有自来水", new string[0])]
    [InlineData("严重影响松雅湖的水质", "松雅湖")]
    [InlineData("涟水名城的电梯坏了", "涟水名城")]
    [InlineData("三小时后第十中心小区才来电", "第十中心小区")]
    [InlineData("取缔叶绿集团和远致有限公司", "叶绿集团", "远致公司")]
    [InlineData("快递公司、自来水公司和化工厂", new string[0])]
    public void Places_are_found_by_their_one_name(string text, params string[] expected) =>
        Assert.Equal(expected, Finder.Find(text).Select(p => p.Canonical));

    [Theory]
    [InlineData("泉塘小区漏水", "泉塘")]
    [InlineData("泉塘镇停水", "泉塘")]
    [InlineData("东方名城小区漏水", "东方名城")]
    [InlineData("1506号路没有路灯", null)]
    [InlineData("西湖臭了", null)]
    public void A_name_is_known_by_what_stands_before_its_ending(string text, string? expected) =>
        Assert.Equal(expected, Assert.Single(Finder.Find(text)).Stem);
}
