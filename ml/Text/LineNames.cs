using System.Text.RegularExpressions;

namespace OpinionPipeline.Text;

/// <summary>
/// Bus and underground lines, which are places as roads are: 701的公交车 and 701路 are one line, 702路 is another; 地铁三号线 is
/// 地铁3号线.
/// </summary>
internal static partial class LineNames
{
    private const string Numerals = "一二三四五六七八九";

    public static List<PlaceMention> Find(string text, int from, int to)
    {
        var found = new List<PlaceMention>();
        foreach (var match in Line().EnumerateMatches(text.AsSpan(from, to - from)))
        {
            var mention = text.AsSpan(from + match.Index, match.Length);
            var name =
                mention[^1] == '线' && mention[^2] is '号' or '#'
                    ? $"地铁{Number(mention)}号线"
                    : $"{Number(mention)}路公交";
            found.Add(new(name, from + match.Index, match.Length, PlaceLevel.Site, false));
        }
        return found;
    }

    // 十二 is 12, 十 is 10, 二十 is 20, 三 is 3.
    private static int Number(ReadOnlySpan<char> mention)
    {
        var (number, ten) = (0, false);
        foreach (var c in mention)
            if (char.IsAsciiDigit(c))
                number = number * 10 + c - '0';
            else if (c == '十')
                (number, ten) = (Math.Max(number, 1) * 10, true);
            else if (Numerals.IndexOf(c, StringComparison.Ordinal) is >= 0 and var one)
                number = ten ? number + one + 1 : one + 1;
            else if (number > 0)
                break;
        return number;
    }

    [GeneratedRegex(
        @"(?<![0-9A-Za-z号第])[0-9]{1,4}(?:(?:路|区线|区|路的|区的|的)?(?:公交|公车|公共汽车)|路(?![段口面灯基人]))|(?:地铁|轨道交通|轨道|轻轨)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[号#]线"
    )]
    private static partial Regex Line();
}
