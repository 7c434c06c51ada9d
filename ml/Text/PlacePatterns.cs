namespace OpinionPipeline.Text;

/// <summary>Places that only their last characters give away, and codes such as A3区.</summary>
internal static class PlacePatterns
{
    private const int LongestName = 7;

    // By their first character; the longer of two at one position wins.
    private static readonly Dictionary<char, (string Ending, PlaceLevel Level)[]> Endings = new (
        string Ending,
        PlaceLevel Level
    )[]
    {
        ("街道", PlaceLevel.Township),
        ("乡", PlaceLevel.Township),
        ("镇", PlaceLevel.Township),
        ("社区", PlaceLevel.Village),
        ("村", PlaceLevel.Village),
        ("小区", PlaceLevel.Site),
        ("花园", PlaceLevel.Site),
        ("家园", PlaceLevel.Site),
        ("公寓", PlaceLevel.Site),
        ("大厦", PlaceLevel.Site),
        ("广场", PlaceLevel.Site),
        ("公园", PlaceLevel.Site),
        ("号路", PlaceLevel.Site),
        ("大道", PlaceLevel.Site),
        ("路", PlaceLevel.Site),
        ("街", PlaceLevel.Site),
        ("巷", PlaceLevel.Site),
        ("桥", PlaceLevel.Site),
        ("小学", PlaceLevel.Site),
        ("中学", PlaceLevel.Site),
        ("学校", PlaceLevel.Site),
        ("学院", PlaceLevel.Site),
        ("大学", PlaceLevel.Site),
        ("幼儿园", PlaceLevel.Site),
        ("医院", PlaceLevel.Site),
        ("卫生院", PlaceLevel.Site),
        ("水库", PlaceLevel.Site),
        ("市场", PlaceLevel.Site),
        ("电厂", PlaceLevel.Site),
        ("水泥厂", PlaceLevel.Site),
        ("搅拌站", PlaceLevel.Site),
        ("水厂", PlaceLevel.Site),
        ("石场", PlaceLevel.Site),
        ("砂场", PlaceLevel.Site),
        ("砖厂", PlaceLevel.Site),
        ("车站", PlaceLevel.Site),
        ("码头", PlaceLevel.Site),
        ("集市", PlaceLevel.Site),
        ("渠", PlaceLevel.Site),
        ("景区", PlaceLevel.Site),
        ("工业园", PlaceLevel.Site),
        ("市", PlaceLevel.Area),
        ("县", PlaceLevel.Area),
        ("区", PlaceLevel.Area),
    }
        .GroupBy(e => e.Ending[0])
        .ToDictionary(g => g.Key, g => g.OrderByDescending(e => e.Ending.Length).ToArray());

    // A name does not reach back over these: they belong to the sentence.
    private const string Boundaries =
        "在到从和与的了是我你他她它们对向把被有去于至及或这那每各该某由给让跟就都也还没不很已将住位反映关投诉请问求因为经过往来走修建通上下前后旁边附近内外里等只多少几条个座所家全本同另别当做想要说把起";

    // What ends like a place and is none.
    private static readonly HashSet<string> Generic =
    [
        "道路",
        "危桥",
        "石桥",
        "便桥",
        "新桥",
        "公路",
        "马路",
        "铁路",
        "线路",
        "思路",
        "出路",
        "水泥路",
        "泥巴路",
        "高速公路",
        "主干路",
        "土路",
        "小路",
        "大路",
        "新农村",
        "农村",
        "乡村",
        "行政村",
        "自然村",
        "城中村",
        "村村",
        "贫困村",
        "城乡",
        "乡镇",
        "村镇",
        "城市",
        "农贸市场",
        "菜市场",
        "超市",
        "市场",
        "学校",
        "中小学",
        "大学",
        "医院",
        "小区",
        "社区",
        "步行街",
        "大街",
        "城区",
        "地区",
        "山区",
        "辖区",
        "片区",
        "老区",
        "校区",
        "厂区",
        "县区",
        "郊区",
        "景区",
        "市区",
        "园区",
        "城镇",
        "建制镇",
        "天桥",
        "立交桥",
        "人行天桥",
        "公园",
        "广场",
        "房地产市场",
        "人民医院",
        "中心小学",
        "中心学校",
        "公立医院",
        "民办学校",
        "高等学校",
        "民办幼儿园",
        "幼儿园",
        "公立幼儿园",
        "自来水厂",
        "采石场",
        "火车站",
        "汽车站",
        "公交车站",
        "公交站",
        "农村集市",
        "水渠",
        "沟渠",
        "灌渠",
        "干渠",
        "支渠",
        "灌溉渠",
        "斗渠",
        "毛渠",
    ];

    public static IEnumerable<PlaceMention> Find(string text, int from, int to)
    {
        var start = from;
        for (var i = from; i < to; i++)
        {
            if (!Endings.TryGetValue(text[i], out var endings))
                continue;
            var ending = Array.Find(
                endings,
                e =>
                    i + e.Ending.Length <= to
                    && string.CompareOrdinal(text, i, e.Ending, 0, e.Ending.Length) == 0
            );
            if (ending.Ending is null)
                continue;
            var begin = Begin(text, start, i, ending.Ending);
            var end = i + ending.Ending.Length;
            var name = text[begin..end];
            if (begin < i && !IsGeneric(name) && !Swallows(text, end, ending.Ending))
            {
                yield return new(
                    Normalization.Compact(name),
                    begin,
                    end - begin,
                    ending.Level,
                    false
                );
                start = end;
            }
            i = end - 1;
        }
    }

    // 农村道路 is as general as 道路.
    private static bool IsGeneric(string name) =>
        Generic.Contains(name)
        || name.EndsWith("道路", StringComparison.Ordinal)
        || name.EndsWith("马路", StringComparison.Ordinal);

    private static int Begin(string text, int from, int ending, string suffix)
    {
        var begin = ending;
        // A code is a name of its own, whatever stands before it: 现A3区.
        var numbered = suffix == "号路" || IsArea(suffix) && IsCode(text, from, ending);
        while (begin > from && ending - begin < LongestName)
        {
            var c = text[begin - 1];
            var fits = numbered
                ? char.IsAsciiLetterOrDigit(c)
                : (char.IsAsciiLetterOrDigit(c) || c is >= '\u4E00' and <= '\u9FFF')
                    && !Boundaries.Contains(c, StringComparison.Ordinal);
            if (!fits)
                break;
            begin--;
        }
        return begin;
    }

    private static bool IsArea(string suffix) => suffix is "市" or "县" or "区";

    private static bool IsCode(string text, int from, int ending) =>
        ending > from && char.IsAsciiLetterOrDigit(text[ending - 1]);

    // 市 of 市场, 区 of 区域, 路 of 路灯, 村 of 村民: the ending goes on as another word.
    private static bool Swallows(string text, int end, string ending) =>
        end < text.Length
        && ending switch
        {
            "市" => "场民政委领长面值容级".Contains(text[end], StringComparison.Ordinal),
            "区" => "域别间分政委长级".Contains(text[end], StringComparison.Ordinal),
            "县" => "城委长政级乡".Contains(text[end], StringComparison.Ordinal),
            "路" => "过程费由况灯".Contains(text[end], StringComparison.Ordinal),
            "村" => text[end] == '官',
            "乡" => "村镇亲下里愁".Contains(text[end], StringComparison.Ordinal),
            "镇" => "痛定压".Contains(text[end], StringComparison.Ordinal),
            "桥" => "梁".Contains(text[end], StringComparison.Ordinal),
            "街" => "坊".Contains(text[end], StringComparison.Ordinal),
            _ => false,
        };
}
