using System.Text.RegularExpressions;

namespace OpinionPipeline.Text;

/// <summary>Schools by their number, as everybody calls them: 一中 is not 二中; 第三中学 is 三中, 第二小学 二小.</summary>
internal static partial class SchoolNames
{
    public static List<PlaceMention> Find(string text, int from, int to)
    {
        var found = new List<PlaceMention>();
        foreach (var match in School().EnumerateMatches(text.AsSpan(from, to - from)))
        {
            var mention = text.Substring(from + match.Index, match.Length);
            found.Add(
                new(
                    mention.TrimStart('第').TrimEnd('学'),
                    from + match.Index,
                    match.Length,
                    PlaceLevel.Site,
                    false
                )
            );
        }
        return found;
    }

    // Not 十中心, 三小时, 一小区 and what else goes on so.
    [GeneratedRegex(
        "第?[一二三四五六七八九十]{1,2}(?:[中小]学|完小|中(?![心央国午途旬层共文药医华个间])|小(?![区时组孩学段部块撮偷店车型包瓶伙户]))"
    )]
    private static partial Regex School();
}
