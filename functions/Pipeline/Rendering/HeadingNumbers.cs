using System.Globalization;

namespace OpinionPipeline.Pipeline.Rendering;

/// <summary>结构层次序数 of official papers: 一、 （一） 1. before headings of the first, second and third level.</summary>
public static class HeadingNumbers
{
    private static readonly string[] Digits =
    [
        "",
        "一",
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
    ];

    /// <summary>The same blocks with their headings numbered.</summary>
    public static IReadOnlyList<Block> Of(IEnumerable<Block> blocks)
    {
        var counts = new int[3];
        return [.. blocks.Select(b => b is Heading heading ? Numbered(heading) : b)];

        Heading Numbered(Heading heading)
        {
            var level = Math.Clamp(heading.Level, 1, counts.Length);
            counts[level - 1]++;
            Array.Clear(counts, level, counts.Length - level);
            var number = counts[level - 1];
            return heading with
            {
                Text =
                    level switch
                    {
                        1 => $"{Chinese(number)}、",
                        2 => $"（{Chinese(number)}）",
                        _ => $"{number.ToString(CultureInfo.InvariantCulture)}. ",
                    } + heading.Text,
            };
        }
    }

    // Up to 99; a paper of more headings has other troubles.
    private static string Chinese(int number) =>
        number switch
        {
            < 10 => Digits[number],
            < 20 => "十" + Digits[number % 10],
            < 100 => Digits[number / 10] + "十" + Digits[number % 10],
            _ => number.ToString(CultureInfo.InvariantCulture),
        };
}
