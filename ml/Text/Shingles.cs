using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace OpinionPipeline.Text;

/// <summary>
/// Sets of overlapping character sequences, hashed to 64 bits, by which texts are compared. A set is an array in ascending
/// order: thousands are kept, and two are compared in one walk.
/// </summary>
public static class Shingles
{
    /// <summary>The shingles of a compact text; one shorter than <paramref name="length"/> is its own single shingle.</summary>
    public static ulong[] Of(string compact, int length = 4)
    {
        if (compact.Length == 0)
            return [];
        if (compact.Length <= length)
            return [Hash(compact)];
        var shingles = new ulong[compact.Length - length + 1];
        for (var i = 0; i < shingles.Length; i++)
            shingles[i] = Hash(compact.AsSpan(i, length));
        Array.Sort(shingles);
        var distinct = 0;
        foreach (var shingle in shingles)
            if (distinct == 0 || shingle != shingles[distinct - 1])
                shingles[distinct++] = shingle;
        return shingles[..distinct];
    }

    /// <summary>Size of the intersection over size of the union, 0 to 1; two empty sets have nothing in common.</summary>
    public static double Jaccard(ulong[] a, ulong[] b) => Overlap(a, b).Jaccard;

    /// <summary>The share of the smaller set that the larger contains, 0 to 1.</summary>
    public static double Containment(ulong[] a, ulong[] b) => Overlap(a, b).Containment;

    /// <summary>Both <see cref="Jaccard"/> and <see cref="Containment"/>.</summary>
    public static (double Jaccard, double Containment) Overlap(ulong[] a, ulong[] b)
    {
        var (i, j, shared) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            // Without a branch: which of two hashes is less cannot be foreseen.
            var (x, y) = (a[i], b[j]);
            shared += x == y ? 1 : 0;
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }
        return shared == 0
            ? (0, 0)
            : (
                (double)shared / (a.Length + b.Length - shared),
                (double)shared / Math.Min(a.Length, b.Length)
            );
    }

    internal static ulong Hash(ReadOnlySpan<char> text) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));
}
