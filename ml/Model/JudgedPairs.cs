using System.IO.Compression;

namespace OpinionPipeline.Model;

/// <summary>A pair that people judged: the numbers that compare the two, and whether they are one.</summary>
/// <param name="Numbers">What compares the two.</param>
/// <param name="Same">True where they are one.</param>
/// <param name="Group">The matter of its first: a model that is tried on some pairs of a matter was taught by none of them.</param>
public sealed record JudgedPair(float[] Numbers, bool Same, int Group)
{
    /// <summary>As many of the others it counts for.</summary>
    public float Weight { get; init; } = 1;
}

/// <summary>
/// A file of judged pairs, by their numbers alone: no text can be told from it. The numbers are kept to three digits,
/// which no tree notices.
/// </summary>
public static class JudgedPairs
{
    /// <summary>Writes them.</summary>
    public static void Save(
        Stream stream,
        IReadOnlyList<string> names,
        IReadOnlyList<JudgedPair> pairs
    )
    {
        using var packed = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new BinaryWriter(packed);
        writer.Write(names.Count);
        foreach (var name in names)
            writer.Write(name);
        writer.Write(pairs.Count);
        foreach (var pair in pairs)
        {
            writer.Write(pair.Same);
            writer.Write(pair.Group);
            foreach (var number in pair.Numbers)
                writer.Write((Half)number);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The pairs are of other numbers than these.</exception>
    public static IReadOnlyList<JudgedPair> Load(Stream stream, IReadOnlyList<string> names)
    {
        using var packed = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        using var reader = new BinaryReader(packed);
        var theirs = Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString());
        if (!theirs.ToList().SequenceEqual(names))
            throw new InvalidDataException(
                "The judged pairs are of other numbers than this program compares; write them anew."
            );
        var pairs = new JudgedPair[reader.ReadInt32()];
        for (var i = 0; i < pairs.Length; i++)
        {
            var (same, group) = (reader.ReadBoolean(), reader.ReadInt32());
            var numbers = new float[names.Count];
            for (var n = 0; n < numbers.Length; n++)
                numbers[n] = (float)reader.ReadHalf();
            pairs[i] = new(numbers, same, group);
        }
        return pairs;
    }
}
