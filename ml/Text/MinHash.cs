using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace OpinionPipeline.Text;

/// <summary>
/// Min-wise hashing (Broder 1997) with banding: sets that share much of their content share a band. With 20 bands of 3
/// rows, two sets of Jaccard index J share at least one with probability 1 - (1 - J^3)^20: 0.93 at 0.5, 0.9999 at 0.7; of
/// a million real messages one shares a band with a message by chance.
/// </summary>
public static class MinHash
{
    private const int Bandcount = 20;
    private const int Rows = 3;
    private static readonly ulong[] Multipliers = Odd(Bandcount * Rows);

    /// <summary>One hash a band, the same in every process.</summary>
    public static ulong[] Bands(ulong[] shingles)
    {
        if (shingles.Length == 0)
            return [];
        Span<ulong> least = stackalloc ulong[Bandcount * Rows];
        least.Fill(ulong.MaxValue);
        foreach (var shingle in shingles)
        {
            // The shingle is a good hash already: multiplying by odd constants permutes it anew.
            var mixed = shingle ^ (shingle >> 29);
            for (var i = 0; i < least.Length; i++)
            {
                var value = mixed * Multipliers[i];
                value ^= value >> 32;
                if (value < least[i])
                    least[i] = value;
            }
        }
        var bands = new ulong[Bandcount];
        for (var b = 0; b < Bandcount; b++)
            bands[b] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(least.Slice(b * Rows, Rows)));
        return bands;
    }

    private static ulong[] Odd(int count)
    {
        var constants = new ulong[count];
        for (var i = 0; i < count; i++)
            constants[i] = XxHash3.HashToUInt64(BitConverter.GetBytes(i)) | 1;
        return constants;
    }
}
