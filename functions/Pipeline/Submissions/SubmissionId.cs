using System.Security.Cryptography;
using System.Text;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>Ids that follow from their cause, so that a step done twice writes the same document.</summary>
public static class SubmissionId
{
    // Crockford's base 32: no I, L, O, U, which people misread.
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>The id of what a sender sent under a key, received at a time (UTC month).</summary>
    public static string From(DateTimeOffset received, string station, string key) =>
        $"{received.UtcDateTime:yyyyMM}-{Hash($"{station}\n{key}", 16)}";

    /// <summary>The partition (month) of the id of a submission, an issue or a forum.</summary>
    public static string Partition(string id) =>
        id.Length > 7 && char.IsAsciiLetter(id[0]) ? id[1..7] : id[..Math.Min(6, id.Length)];

    /// <summary>SHA-256 of a text as so many base-32 letters of five bits each.</summary>
    public static string Hash(string text, int letters) =>
        Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)), letters);

    /// <summary>The first bits of <paramref name="bytes"/> as so many base-32 letters.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes, int letters)
    {
        Span<char> result = stackalloc char[letters];
        for (var i = 0; i < letters; i++)
        {
            var bit = i * 5;
            var pair = bytes[bit / 8] << 8 | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            result[i] = Letters[pair >> (11 - bit % 8) & 31];
        }
        return new string(result);
    }
}
