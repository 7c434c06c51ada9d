namespace OpinionPipeline.Text;

/// <summary>
/// Texts drawn from a language, by which it is known how crowded the place is where a text stands. Where hundreds ask
/// about one rule, any two of them are alike; where nobody else speaks, two that are half as like are one matter (local
/// scaling, Zelnik-Manor and Perona 2004). Only pairs that several texts have are kept, so that none can be told from it.
/// </summary>
public sealed class Background
{
    private const int MostTexts = 2_000;
    private const int Nearest = 20;

    /// <summary>What is liker than this is another telling of the same, not a neighbour.</summary>
    private const float Same = 0.6f;

    /// <summary>Pairs of fewer texts are left out.</summary>
    private const int FewestTexts = 5;

    private readonly int count;

    private readonly Posting[] postings;
    private readonly RowsByNumber rows;

    private Background(int count, Posting[] postings)
    {
        (this.count, this.postings) = (count, postings);
        rows = new([.. postings.Select(p => p.Pair)]);
    }

    /// <summary>No texts: every place is empty.</summary>
    public static Background None { get; } = new(0, []);

    /// <summary>Draws from texts; the same texts and seed give the same background.</summary>
    /// <param name="compactTexts">Each without punctuation.</param>
    /// <param name="weights">How rare their pairs are.</param>
    /// <param name="seed">Of what is drawn.</param>
    public static Background Draw(IReadOnlyList<string> compactTexts, TermWeights weights, int seed)
    {
        var drawn = compactTexts.ToArray();
        new Random(seed).Shuffle(drawn);
        var kept = drawn.Take(MostTexts).Select(t => SparseVector.TfIdf(t, weights)).ToList();
        return new(
            kept.Count,
            [
                .. kept.SelectMany(
                        (text, i) =>
                            text
                                .Terms.ToArray()
                                .Zip(
                                    text.Weights.ToArray(),
                                    (term, w) => (term, i, Weight: (float)(Half)w)
                                )
                    )
                    .GroupBy(p => p.term)
                    .Where(g => g.Count() >= FewestTexts)
                    .Select(g => new Posting(
                        g.Key,
                        [.. g.Select(p => (ushort)p.i)],
                        [.. g.Select(p => p.Weight)]
                    ))
                    .OrderBy(p => p.Pair),
            ]
        );
    }

    /// <summary>The mean cosine, 0 to 1, of a text and those of the background that are nearest to it.</summary>
    public float Crowding(SparseVector text)
    {
        Span<float> cosines = stackalloc float[count];
        cosines.Clear();
        var numbers = text.Numbers;
        var own = text.Weights;
        var its = rows.Of(text.Language);
        for (var i = 0; i < numbers.Length; i++)
            if (its[numbers[i]] is var row and >= 0)
            {
                var (_, texts, weights) = postings[row];
                for (var k = 0; k < texts.Length; k++)
                    cosines[texts[k]] += own[i] * weights[k];
            }
        // The nearest in ascending order: few of two thousand get so far.
        Span<float> nearest = stackalloc float[Nearest];
        nearest.Clear();
        foreach (var cosine in cosines)
        {
            if (cosine <= nearest[0] || cosine > Same)
                continue;
            var place = 0;
            for (; place + 1 < Nearest && nearest[place + 1] < cosine; place++)
                nearest[place] = nearest[place + 1];
            nearest[place] = cosine;
        }
        var sum = 0f;
        foreach (var cosine in nearest)
            sum += cosine;
        return sum / Nearest;
    }

    /// <summary>Writes it.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(count);
        writer.Write(postings.Length);
        foreach (var (term, texts, weights) in postings)
        {
            writer.Write(term);
            writer.Write7BitEncodedInt(texts.Length);
            foreach (var text in texts)
                writer.Write(text);
            foreach (var weight in weights)
                writer.Write((Half)weight);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static Background Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var count = reader.ReadInt32();
        var terms = reader.ReadInt32();
        var postings = new Posting[terms];
        for (var i = 0; i < terms; i++)
        {
            var pair = reader.ReadUInt32();
            var texts = new ushort[reader.Read7BitEncodedInt()];
            for (var k = 0; k < texts.Length; k++)
                texts[k] = reader.ReadUInt16();
            var weights = new float[texts.Length];
            for (var k = 0; k < weights.Length; k++)
                weights[k] = (float)reader.ReadHalf();
            postings[i] = new(pair, texts, weights);
        }
        return new(count, postings);
    }

    // The texts that have a pair, in ascending order, and what it weighs there, as exactly as a half says it.
    private sealed record Posting(uint Pair, ushort[] Texts, float[] Weights);
}
