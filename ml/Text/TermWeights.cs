namespace OpinionPipeline.Text;

/// <summary>How rare each pair of characters is in a language's texts: inverse document frequencies.</summary>
public sealed class TermWeights
{
    private readonly Dictionary<string, int> frequencies;
    private readonly int documents;

    private TermWeights(int documents, Dictionary<string, int> frequencies) =>
        (this.documents, this.frequencies) = (documents, frequencies);

    /// <summary>
    /// Counts in how many of the texts each pair stands. Pairs of one text alone are forgotten: they are most of all, and
    /// tell as little as one never seen.
    /// </summary>
    public static TermWeights Build(IEnumerable<string> compactTexts)
    {
        var frequencies = new Dictionary<string, int>();
        var documents = 0;
        foreach (var text in compactTexts)
        {
            documents++;
            foreach (var term in Terms(text).Distinct())
                frequencies[term] = frequencies.GetValueOrDefault(term) + 1;
        }
        return new(documents, frequencies.Where(f => f.Value > 1).ToDictionary());
    }

    /// <summary>ln((N + 1) / (n + 1)) + 1 for a pair in n of N texts: smoothed, so that an unseen pair weighs most.</summary>
    public double Idf(string term) =>
        Math.Log((documents + 1.0) / (frequencies.GetValueOrDefault(term) + 1)) + 1;

    /// <summary>The pairs of neighbouring characters of a compact text, with repetitions.</summary>
    internal static IEnumerable<string> Terms(string compact)
    {
        for (var i = 0; i + 2 <= compact.Length; i++)
            yield return compact.Substring(i, 2);
    }

    /// <summary>Writes the counts.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(documents);
        writer.Write(frequencies.Count);
        foreach (var (term, count) in frequencies.OrderBy(f => f.Key, StringComparer.Ordinal))
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
        var frequencies = new Dictionary<string, int>(count);
        for (var i = 0; i < count; i++)
            frequencies[reader.ReadString()] = reader.Read7BitEncodedInt();
        return new(documents, frequencies);
    }
}
