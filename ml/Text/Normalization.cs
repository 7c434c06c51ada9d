using System.Globalization;
using System.Text;

namespace OpinionPipeline.Text;

/// <summary>Brings texts that look the same to a person to the same characters.</summary>
public static class Normalization
{
    /// <summary>
    /// Full width to half width, lower case, traditional to simplified characters, invisible characters removed,
    /// white space folded to one space and dropped beside Chinese characters.
    /// </summary>
    public static string Normalize(string text)
    {
        var folded = WellFormed(text);
        var result = new StringBuilder(folded.Length);
        var space = false;
        foreach (var c in folded)
        {
            if (char.IsWhiteSpace(c))
            {
                space = true;
                continue;
            }
            if (Invisible(c))
                continue;
            if (space && result.Length > 0 && result[^1] < 0x2E80 && c < 0x2E80)
                result.Append(' ');
            space = false;
            result.Append(TraditionalCharacters.Simplify(char.ToLowerInvariant(HalfWidth(c))));
        }
        return result.ToString();
    }

    /// <summary>The same without punctuation, symbols and white space: two texts that agree here are one text.</summary>
    public static string Compact(string text)
    {
        var normal = Normalize(text);
        var result = new StringBuilder(normal.Length);
        foreach (var c in normal)
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
                result.Append(c);
        return result.ToString();
    }

    /// <summary>
    /// A full-width letter, digit or sign as its ASCII one. Done by hand, because the platform's NFKC needs its ICU
    /// library, which a small machine may not have.
    /// </summary>
    public static char HalfWidth(char c) =>
        c switch
        {
            >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
            '\u3000' => ' ',
            _ => c,
        };

    private static bool Invisible(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c)
            is UnicodeCategory.Format
                or UnicodeCategory.Control
                or UnicodeCategory.NonSpacingMark;

    // What a broken client cut in half is no character.
    private static string WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (
                char.IsHighSurrogate(text[i])
                && i + 1 < text.Length
                && char.IsLowSurrogate(text[i + 1])
            )
            {
                i++;
                continue;
            }
            return Encoding
                .UTF8.GetString(Encoding.UTF8.GetBytes(text))
                .Replace("\uFFFD", "", StringComparison.Ordinal);
        }
        return text;
    }
}
