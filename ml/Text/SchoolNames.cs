using System.Text.RegularExpressions;

namespace OpinionPipeline.Text;

/// <summary>Schools by their number, as everybody calls them: 一中 is not 二中; 第三中学 is 三中, 第二小学 二小.</summary>
internal static partial class SchoolNames
{
    private const int LongestOwn = 3;

    /// <summary>How a school is called whose number stands here, and how long that is; null where none does.</summary>
    public static (string Name, int Length)? At(string text, int at, int to)
    {
        if (text[at] != '第' && !PlaceFinder.Numerals.Contains(text[at], StringComparison.Ordinal))
            return null;
        // 十八届三中全会, 初三中考.
        if (at > 0 && "届大初高".Contains(text[at - 1], StringComparison.Ordinal))
            return null;
        foreach (var match in School().EnumerateMatches(text.AsSpan(at, to - at)))
            return (text.Substring(at, match.Length).TrimStart('第').TrimEnd('学'), match.Length);
        return null;
    }

    /// <summary>
    /// True for what stands before the number as a school's own name: 楚钢一中 is not 一中, but 县一中 is. More than three
    /// characters are rather the sentence's.
    /// </summary>
    public static bool IsOwn(string name) =>
        name.Length is > 0 and <= LongestOwn && name is not ("省" or "市" or "县" or "区" or "镇");

    /// <summary>See <see cref="PlaceMention.IsNumberAlone"/>.</summary>
    public static bool IsNumberAlone(string name) =>
        PlaceFinder.Numerals.Contains(name[0], StringComparison.Ordinal)
        && name[^1] is ('中' or '小');

    // Not 十中心, 三小时, 一小区 and what else goes on so.
    [GeneratedRegex(
        @"\A第?[一二三四五六七八九十]{1,3}(?:[中小]学|完小|中(?![心央国午途旬层共文药医华个间])|小(?![区时组孩学段部块撮偷店车型包瓶伙户]))"
    )]
    private static partial Regex School();
}
