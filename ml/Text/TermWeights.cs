namespace OpinionPipeline.Text;

/// <summary>How rare each pair of characters is in a language's texts: inverse document frequencies.</summary>
public sealed class TermWeights
{
    private readonly Dictionary<uint, int> frequencies;
    private readonly int documents;

    // By the frequency, so that no logarithm is taken for each pair of each text.
    private readonly double[] rarities;

    private TermWeights(int documents, Dictionary<uint, int> frequencies)
    {
        (this.documents, this.frequencies) = (documents, frequencies);
        rarities =
        [
            .. Enumerable
                .Range(0, frequencies.Values.DefaultIfEmpty().Max() + 1)
                .Select(n => Math.Log((documents + 1.0) / (n + 1)) + 1),
        ];
    }

    /// <summary>
    /// Counts in how many of the texts each pair stands. Pairs of one text alone are forgotten: they are most of all, and
    /// tell as little as one never seen.
    /// </summary>
    public static TermWeights Build(IEnumerable<string> compactTexts)
    {
        var frequencies = new Dictionary<uint, int>();
        var documents = 0;
        var seen = new HashSet<uint>();
        foreach (var text in compactTexts)
        {
            documents++;
            seen.Clear();
            for (var i = 1; i < text.Length; i++)
                seen.Add(Pair(text[i - 1], text[i]));
            foreach (var term in seen)
                frequencies[term] = frequencies.GetValueOrDefault(term) + 1;
        }
        return new(documents, frequencies.Where(f => f.Value > 1).ToDictionary());
    }

    /// <summary>ln((N + 1) / (n + 1)) + 1 for a pair in n of N texts: smoothed, so that an unseen pair weighs most.</summary>
    public double Idf(string term) => Idf(Pair(term[0], term[1]));

    internal double Idf(uint term) => rarities[frequencies.GetValueOrDefault(term)];

    /// <summary>What a pair weighs that no two texts have.</summary>
    internal double Unseen => rarities[0];

    /// <summary>The pairs that stand in most texts, the most frequent first.</summary>
    public IReadOnlyList<string> MostFrequent(int most) =>
        [
            .. frequencies
                .OrderByDescending(f => f.Value)
                .ThenBy(f => f.Key)
                .Take(most)
                .Select(f => Text(f.Key)),
        ];

    /// <summary>Two neighbouring characters as one number.</summary>
    internal static uint Pair(char first, char second) => ((uint)first << 16) | second;

    /// <summary>The two characters again.</summary>
    internal static string Text(uint pair) => new([(char)(pair >> 16), (char)pair]);

    /// <summary>Writes the counts.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(documents);
        writer.Write(frequencies.Count);
        foreach (var (term, count) in frequencies.OrderBy(f => f.Key))
        {
            writer.Write(term);
            writer.Write7BitEncodedInt(count);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static TermWeights Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var documents = reader.ReadInt32();
        var count = reader.ReadInt32();
        var frequencies = new Dictionary<uint, int>(count);
        for (var i = 0; i < count; i++)
            frequencies[reader.ReadUInt32()] = reader.Read7BitEncodedInt();
        return new(documents, frequencies);
    }
}
