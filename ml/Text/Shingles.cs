using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace OpinionPipeline.Text;

/// <summary>Sets of overlapping character sequences, hashed to 64 bits, by which texts are compared.</summary>
public static class Shingles
{
    /// <summary>The shingles of a compact text; one shorter than <paramref name="length"/> is its own single shingle.</summary>
    public static HashSet<ulong> Of(string compact, int length = 4)
    {
        if (compact.Length == 0)
            return [];
        if (compact.Length <= length)
            return [Hash(compact)];
        var shingles = new HashSet<ulong>(compact.Length);
        for (var i = 0; i + length <= compact.Length; i++)
            shingles.Add(Hash(compact.AsSpan(i, length)));
        return shingles;
    }

    /// <summary>Size of the intersection over size of the union, 0 to 1; two empty sets have nothing in common.</summary>
    public static double Jaccard(HashSet<ulong> a, HashSet<ulong> b) => Overlap(a, b).Jaccard;

    /// <summary>The share of the smaller set that the larger contains, 0 to 1.</summary>
    public static double Containment(HashSet<ulong> a, HashSet<ulong> b) =>
        Overlap(a, b).Containment;

    /// <summary>Both <see cref="Jaccard"/> and <see cref="Containment"/>.</summary>
    public static (double Jaccard, double Containment) Overlap(HashSet<ulong> a, HashSet<ulong> b)
    {
        var (small, large) = a.Count <= b.Count ? (a, b) : (b, a);
        var shared = 0;
        foreach (var shingle in small)
            if (large.Contains(shingle))
                shared++;
        return shared == 0
            ? (0, 0)
            : ((double)shared / (a.Count + b.Count - shared), (double)shared / small.Count);
    }

    internal static ulong Hash(ReadOnlySpan<char> text) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));
}
