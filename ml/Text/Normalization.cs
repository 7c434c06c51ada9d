using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace OpinionPipeline.Text;

/// <summary>Brings texts that look the same to a person to the same characters.</summary>
public static class Normalization
{
    // Below it are the scripts that part words with spaces.
    private const char Chinese = '\u2E80';

    /// <summary>
    /// Full width to half width, lower case, traditional to simplified characters, invisible characters removed,
    /// white space folded to one space and dropped beside Chinese characters.
    /// </summary>
    public static string Normalize(string text)
    {
        var rented = ArrayPool<char>.Shared.Rent(text.Length);
        var length = Normalize(text, rented);
        var result = new string(rented, 0, length);
        ArrayPool<char>.Shared.Return(rented);
        return result;
    }

    /// <summary>The same without a new string.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="result">Room for as many characters as the text has.</param>
    /// <param name="origins">For each character of the result the index it comes from in the text; may be empty.</param>
    /// <returns>How many characters were written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Normalize(
        ReadOnlySpan<char> text,
        Span<char> result,
        Span<int> origins = default
    )
    {
        var (length, space) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var mapped = CharacterMap.Of(c);
            if (mapped == CharacterMap.Space)
            {
                space = true;
                continue;
            }
            if (mapped == CharacterMap.Nothing || IsHalf(text, i))
                continue;
            if (space && length > 0 && result[length - 1] < Chinese && c < Chinese)
                Write(' ', i - 1, result, origins);
            space = false;
            Write(mapped, i, result, origins);
        }
        return length;

        void Write(char c, int origin, Span<char> characters, Span<int> indices)
        {
            if (indices.Length > 0)
                indices[length] = origin;
            characters[length++] = c;
        }
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

    // What a broken client cut in half is no character.
    private static bool IsHalf(ReadOnlySpan<char> text, int i) =>
        char.IsSurrogate(text[i])
        && !(
            char.IsHighSurrogate(text[i])
                ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
                : i > 0 && char.IsHighSurrogate(text[i - 1])
        );
}
