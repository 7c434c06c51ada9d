using System.Globalization;

namespace OpinionPipeline.Text;

/// <summary>What each UTF-16 unit becomes when a text is normalised, looked up in one table instead of reasoned anew.</summary>
internal static class CharacterMap
{
    /// <summary>Stands for white space.</summary>
    public const char Space = ' ';

    /// <summary>Stands for a character that nobody sees.</summary>
    public const char Nothing = '\0';

    private static readonly char[] Table = Build();

    public static char Of(char c) => Table[c];

    private static char[] Build()
    {
        var table = new char[char.MaxValue + 1];
        for (var i = 0; i < table.Length; i++)
        {
            var c = (char)i;
            table[i] =
                char.IsWhiteSpace(c) ? Space
                : Invisible(c) ? Nothing
                : TraditionalCharacters.Simplify(char.ToLowerInvariant(Normalization.HalfWidth(c)));
        }
        return table;
    }

    private static bool Invisible(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c)
            is UnicodeCategory.Format
                or UnicodeCategory.Control
                or UnicodeCategory.NonSpacingMark;
}
