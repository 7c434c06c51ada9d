namespace OpinionPipeline.Text;

/// <summary>Places that only their last characters give away, and codes such as A3区.</summary>
internal static class PlacePatterns
{
    private const int LongestName = 7;
    private const string Beginnings = "上下前后里外关";
    private const string Parts = "湖江河湾桥苑";

    public static IEnumerable<PlaceMention> Find(string text, int from, int to)
    {
        var start = from;
        for (var i = from; i < to; i++)
        {
            if (School(text, start, i, to) is { } school)
            {
                yield return school;
                start = school.Start + school.Length;
                i = start - 1;
                continue;
            }
            if (!PlaceWords.Endings.TryGetValue(text[i], out var endings))
                continue;
            var (ending, level) = Array.Find(endings, e => StandsAt(text, i, to, e.Ending));
            if (ending is null)
                continue;
            var first = ending;
            var begin = AfterOpenings(text, Begin(text, start, i, ending), i);
            // 上坪村, 关口村: what else ends a name begins this one, of which too little would be left.
            if (
                i - begin == 1
                && begin > start
                && Beginnings.Contains(text[begin - 1], StringComparison.Ordinal)
            )
                begin--;
            var end = i + ending.Length;
            // 东方名城小区 is one name, and so are 红旗路小学 and 东湖路.
            if (level == PlaceLevel.Site && Continued(text, i, end, to) is { } more)
                (ending, end, level) = (
                    text[i..end] + more.Ending,
                    end + more.Ending.Length,
                    more.Level
                );
            // One and the same company, whatever it is liable for; a motorway with or without 公路.
            var named =
                ending.EndsWith("公司", StringComparison.Ordinal) ? "公司"
                : ending == "高速公路" ? "高速"
                : ending;
            var name = text[begin..i];
            if (
                begin < i
                && !IsGeneric(name, named)
                && !(name.Length == 1 && IsRest(name[0], first))
                && !Swallows(text, end, ending)
            )
            {
                yield return new(
                    Normalization.Compact(name + named),
                    begin,
                    end - begin,
                    level,
                    false
                );
                start = end;
            }
            i = end - 1;
        }
    }

    // 一中 or 楚钢一中, where its number stands.
    private static PlaceMention? School(string text, int from, int at, int to)
    {
        if (SchoolNames.At(text, at, to) is not { } school)
            return null;
        var begin = AfterOpenings(text, Begin(text, from, at, ""), at);
        if (!SchoolNames.IsOwn(text[begin..at]))
            begin = at;
        return new(
            Normalization.Compact(text[begin..at] + school.Name),
            begin,
            at + school.Length - begin,
            PlaceLevel.Site,
            false
        );
    }

    // What goes on behind a name that could end here. Where it ends on a single character, that is rather a part of it.
    private static (string Ending, PlaceLevel Level)? Continued(
        string text,
        int ending,
        int end,
        int to
    )
    {
        if (end == to || !PlaceWords.Endings.TryGetValue(text[end], out var endings))
            return null;
        var part = end - ending == 1 && Parts.Contains(text[ending], StringComparison.Ordinal);
        var more = Array.Find(
            endings,
            e =>
                (
                    part
                        ? e.Level is not (PlaceLevel.Area or PlaceLevel.Organisation)
                        : e.Level == PlaceLevel.Site && e.Ending.Length > 1
                )
                && StandsAt(text, end, to, e.Ending)
                && !Swallows(text, end + e.Ending.Length, e.Ending)
        );
        return more.Ending is null ? null : more;
    }

    private static bool StandsAt(string text, int at, int to, string word) =>
        at + word.Length <= to && string.CompareOrdinal(text, at, word, 0, word.Length) == 0;

    private static int AfterOpenings(string text, int begin, int ending)
    {
        while (
            begin < ending
            && PlaceWords.Openings.TryGetValue(text[begin], out var openings)
            && Array.Find(openings, o => StandsAt(text, begin, ending, o)) is { } opening
        )
            begin += opening.Length;
        return begin;
    }

    private static bool IsGeneric(string name, string ending)
    {
        var whole = name + ending;
        return PlaceWords.Generic.Contains(whole)
            || PlaceWords.GenericEnds.Any(e => whole.EndsWith(e, StringComparison.Ordinal))
            || ending is "公司" or "集团" or "厂" && PlaceWords.Trades.Contains(name);
    }

    // 此路, 但村: the rest of a word. 西湖 and 花桥 are names, and so are 一医院 and A区.
    private static bool IsRest(char name, string ending) =>
        ending is not ("江" or "河" or "湖" or "桥" or "市" or "县" or "区")
        && !char.IsAsciiLetterOrDigit(name)
        && !PlaceFinder.Numerals.Contains(name, StringComparison.Ordinal);

    private static int Begin(string text, int from, int ending, string suffix)
    {
        var begin = ending;
        // A code is a name of its own, whatever stands before it: 现A3区.
        var numbered = suffix == "号路" || IsArea(suffix) && IsCode(text, from, ending);
        while (begin > from && ending - begin < LongestName)
        {
            var c = text[begin - 1];
            if (
                !char.IsAsciiLetterOrDigit(c)
                && (numbered || !IsOfName(text, from, begin - 1, ending))
            )
                break;
            begin--;
        }
        return begin;
    }

    private static bool IsOfName(string text, int from, int at, int ending) =>
        text[at] is >= '\u4E00' and <= '\u9FFF'
        && (
            !PlaceWords.Boundaries.Contains(text[at], StringComparison.Ordinal)
            || IsInNameWord(text, from, at, ending)
        );

    // 和平路 and 永和镇, 杨家桥: what else parts a name from the sentence is a part of it.
    private static bool IsInNameWord(string text, int from, int at, int ending) =>
        at + 1 < ending && PlaceWords.NameWords.Contains(text.Substring(at, 2))
        || at > from
            && (
                PlaceWords.NameWords.Contains(text.Substring(at - 1, 2))
                || text[at] == '家'
                    && PlaceWords.Families.Contains(text[at - 1], StringComparison.Ordinal)
            );

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
            "路" => "过程费由况灯线".Contains(text[end], StringComparison.Ordinal),
            "村" => text[end] == '官',
            "乡" => "村镇亲下里愁".Contains(text[end], StringComparison.Ordinal),
            "镇" => "痛定压".Contains(text[end], StringComparison.Ordinal),
            "桥" => "梁".Contains(text[end], StringComparison.Ordinal),
            "国际" => "化贸机商惯上会影".Contains(text[end], StringComparison.Ordinal),
            "新城" => text[end] == '区',
            "厂" => "房家长矿子".Contains(text[end], StringComparison.Ordinal),
            "矿" => "山产物石难工业区井老".Contains(text[end], StringComparison.Ordinal),
            "河" => "道流边床沙水堤坝岸段里长".Contains(text[end], StringComparison.Ordinal),
            "江" => "边水堤岸段里".Contains(text[end], StringComparison.Ordinal),
            "湖" => "边水区泊".Contains(text[end], StringComparison.Ordinal),
            "高速" => "度增发".Contains(text[end], StringComparison.Ordinal),
            "街" => "坊".Contains(text[end], StringComparison.Ordinal),
            _ => false,
        };
}
