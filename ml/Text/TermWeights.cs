namespace OpinionPipeline.Text;

/// <summary>How rare each pair of characters is in a language's texts: inverse document frequencies.</summary>
public sealed class TermWeights
{
    private readonly int documents;

    // Pairs are numbered from one, the most frequent first; zero is a pair never seen.
    private readonly Dictionary<uint, int> numbers;
    private readonly uint[] pairs;
    private readonly int[] frequencies;
    private readonly float[] rarities;

    private TermWeights(int documents, IEnumerable<(uint Pair, int Count)> counted)
    {
        this.documents = documents;
        var ordered = counted.OrderByDescending(c => c.Count).ThenBy(c => c.Pair).ToList();
        pairs = [0, .. ordered.Select(c => c.Pair)];
        frequencies = [0, .. ordered.Select(c => c.Count)];
        rarities = [.. frequencies.Select(n => (float)(Math.Log((documents + 1.0) / (n + 1)) + 1))];
        numbers = new(ordered.Count);
        for (var number = 1; number < pairs.Length; number++)
            numbers.Add(pairs[number], number);
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
        return new(documents, frequencies.Where(f => f.Value > 1).Select(f => (f.Key, f.Value)));
    }

    /// <summary>ln((N + 1) / (n + 1)) + 1 for a pair in n of N texts: smoothed, so that an unseen pair weighs most.</summary>
    public double Idf(string term) => Rarity(Number(Pair(term[0], term[1])));

    /// <summary>The number of a pair, by which all that is known of it is found; zero where it was never seen.</summary>
    internal int Number(uint pair) => numbers.GetValueOrDefault(pair);

    /// <summary>One more than the greatest number.</summary>
    internal int Numbers => pairs.Length;

    /// <summary>The same as <see cref="Idf"/>, by the pair's number.</summary>
    internal float Rarity(int number) => rarities[number];

    /// <summary>The pairs that stand in most texts, the most frequent first.</summary>
    public IReadOnlyList<string> MostFrequent(int most) =>
        [.. pairs.Skip(1).Take(most).Select(Text)];

    /// <summary>Two neighbouring characters as one number.</summary>
    internal static uint Pair(char first, char second) => ((uint)first << 16) | second;

    /// <summary>The two characters again.</summary>
    internal static string Text(uint pair) => new([(char)(pair >> 16), (char)pair]);

    /// <summary>Writes the counts.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(documents);
        writer.Write(numbers.Count);
        foreach (var (pair, number) in numbers.OrderBy(n => n.Key))
        {
            writer.Write(pair);
            writer.Write7BitEncodedInt(frequencies[number]);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static TermWeights Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var documents = reader.ReadInt32();
        var count = reader.ReadInt32();
        var counted = new (uint, int)[count];
        for (var i = 0; i < count; i++)
            counted[i] = (reader.ReadUInt32(), reader.Read7BitEncodedInt());
        return new(documents, counted);
    }
}
