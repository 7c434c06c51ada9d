using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace OpinionPipeline.Text;

/// <summary>
/// A place in a space of meaning for each pair of characters: pairs that stand in texts of one subject lie near each other,
/// so that two texts are alike that share no words but speak of one thing (latent semantic analysis, Deerwester 1990).
/// </summary>
public sealed class TermVectors
{
    private readonly uint[] terms;
    private readonly float[] scales;
    private readonly sbyte[] values;
    private readonly RowsByNumber rows;

    /// <summary>How many numbers a point has.</summary>
    public int Dimensions { get; }

    private TermVectors(int dimensions, uint[] terms, float[] scales, sbyte[] values)
    {
        Dimensions = dimensions;
        (this.terms, this.scales, this.values) = (terms, scales, values);
        rows = new(terms);
    }

    /// <summary>A space that knows no pair: every text lies at its origin.</summary>
    public static TermVectors None { get; } = new(0, [], [], []);

    /// <summary>Keeps each number in a byte, scaled by the greatest of its pair: a hundredth of it is enough here.</summary>
    /// <param name="points">For each pair (two characters) its point; all of one length.</param>
    public static TermVectors Of(IReadOnlyList<(string Pair, float[] Point)> points)
    {
        if (points.Count == 0)
            return None;
        var dimensions = points[0].Point.Length;
        var scales = new float[points.Count];
        var values = new sbyte[points.Count * dimensions];
        for (var i = 0; i < points.Count; i++)
        {
            scales[i] = points[i].Point.Max(Math.Abs) / sbyte.MaxValue;
            for (var d = 0; scales[i] > 0 && d < dimensions; d++)
                values[i * dimensions + d] = (sbyte)MathF.Round(points[i].Point[d] / scales[i]);
        }
        return new(
            dimensions,
            [.. points.Select(p => TermWeights.Pair(p.Pair[0], p.Pair[1]))],
            scales,
            values
        );
    }

    /// <summary>Where a text lies: the weighted sum of its pairs, of length one; all zero where no pair is known.</summary>
    public float[] Embed(SparseVector text)
    {
        var sum = new float[Dimensions];
        var rented = ArrayPool<(int, float)>.Shared.Rent(text.Terms.Length);
        var known = 0;
        var numbers = text.Numbers;
        var weights = text.Weights;
        var its = rows.Of(text.Language);
        for (var i = 0; i < numbers.Length; i++)
            if (its[numbers[i]] is var row and >= 0)
                rented[known++] = (row * Dimensions, weights[i] * scales[row]);
        Add(rented.AsSpan(0, known), sum);
        ArrayPool<(int, float)>.Shared.Return(rented);
        var norm = MathF.Sqrt(sum.Sum(x => x * x));
        if (norm > 0)
            for (var d = 0; d < sum.Length; d++)
                sum[d] /= norm;
        return sum;
    }

    /// <summary>The cosine of the angle between two points of length one, -1 to 1; 0 beside the origin.</summary>
    public static double Cosine(float[] a, float[] b)
    {
        var lanes = Vector<float>.Zero;
        var i = 0;
        for (; i + Vector<float>.Count <= a.Length; i += Vector<float>.Count)
            lanes += new Vector<float>(a, i) * new Vector<float>(b, i);
        var sum = Vector.Sum(lanes);
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    // Sixteen numbers of all points at a time, so that their sums stay in registers.
    private void Add(ReadOnlySpan<(int From, float Weight)> points, float[] sum)
    {
        var d = 0;
        for (; d + Vector128<sbyte>.Count <= Dimensions; d += Vector128<sbyte>.Count)
        {
            var (a, b) = (Vector256<float>.Zero, Vector256<float>.Zero);
            foreach (var (from, weight) in points)
            {
                var (low, high) = Vector128.Widen(Vector128.Create(values.AsSpan(from + d)));
                a += Vector256.ConvertToSingle(Widened(low)) * weight;
                b += Vector256.ConvertToSingle(Widened(high)) * weight;
            }
            a.CopyTo(sum, d);
            b.CopyTo(sum, d + Vector256<float>.Count);
        }
        for (; d < Dimensions; d++)
            foreach (var (from, weight) in points)
                sum[d] += weight * values[from + d];

        static Vector256<int> Widened(Vector128<short> eight)
        {
            var (first, second) = Vector128.Widen(eight);
            return Vector256.Create(first, second);
        }
    }

    /// <summary>Writes it.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Dimensions);
        writer.Write(terms.Length);
        for (var row = 0; row < terms.Length; row++)
        {
            writer.Write(terms[row]);
            writer.Write(scales[row]);
            writer.Write(
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(
                    values.AsSpan(row * Dimensions, Dimensions)
                )
            );
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static TermVectors Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var dimensions = reader.ReadInt32();
        var count = reader.ReadInt32();
        var terms = new uint[count];
        var scales = new float[count];
        var values = new sbyte[count * dimensions];
        for (var i = 0; i < count; i++)
        {
            terms[i] = reader.ReadUInt32();
            scales[i] = reader.ReadSingle();
            reader.BaseStream.ReadExactly(
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(
                    values.AsSpan(i * dimensions, dimensions)
                )
            );
        }
        return new(dimensions, terms, scales, values);
    }
}
