namespace OpinionPipeline.Text;

/// <summary>A text's character pairs weighted by rarity, of length one.</summary>
public sealed class SparseVector
{
    private readonly Dictionary<string, float> weights;

    private SparseVector(Dictionary<string, float> weights) => this.weights = weights;

    /// <summary>True for a text without a pair.</summary>
    public bool IsEmpty => weights.Count == 0;

    /// <summary>(1 + ln tf) · idf, then divided by the Euclidean norm.</summary>
    public static SparseVector TfIdf(string compact, TermWeights language)
    {
        var counts = new Dictionary<string, int>();
        foreach (var term in TermWeights.Terms(compact))
            counts[term] = counts.GetValueOrDefault(term) + 1;
        var weights = new Dictionary<string, float>(counts.Count);
        var square = 0.0;
        foreach (var (term, count) in counts)
        {
            var weight = (1 + Math.Log(count)) * language.Idf(term);
            square += weight * weight;
            weights[term] = (float)weight;
        }
        var norm = (float)Math.Sqrt(square);
        foreach (var term in counts.Keys)
            weights[term] /= norm;
        return new(weights);
    }

    /// <summary>The cosine of the angle between two texts, 0 to 1.</summary>
    public double Cosine(SparseVector other)
    {
        var (small, large) =
            weights.Count <= other.weights.Count
                ? (weights, other.weights)
                : (other.weights, weights);
        var sum = 0.0;
        foreach (var (term, weight) in small)
            if (large.TryGetValue(term, out var opposite))
                sum += weight * opposite;
        return Math.Min(sum, 1);
    }

    /// <summary>The pairs that weigh most, heaviest first.</summary>
    public IEnumerable<string> Top(int n) =>
        weights
            .OrderByDescending(w => w.Value)
            .ThenBy(w => w.Key, StringComparer.Ordinal)
            .Take(n)
            .Select(w => w.Key);

    /// <summary>The pairs that add most to the likeness of two texts, joined where they overlap into phrases.</summary>
    public IEnumerable<string> TopShared(SparseVector other, int n)
    {
        var shared = weights
            .Where(w => other.weights.ContainsKey(w.Key))
            .OrderByDescending(w => w.Value * other.weights[w.Key])
            .ThenBy(w => w.Key, StringComparer.Ordinal)
            .Take(n * 3)
            .Select(w => w.Key)
            .ToList();
        var phrases = new List<string>();
        foreach (var term in shared)
        {
            var joined = phrases.FindIndex(p => p[^1] == term[0] || p[0] == term[^1]);
            if (joined < 0)
                phrases.Add(term);
            else if (phrases[joined][^1] == term[0])
                phrases[joined] += term[1..];
            else
                phrases[joined] = term[..^1] + phrases[joined];
        }
        return phrases.Take(n);
    }
}
