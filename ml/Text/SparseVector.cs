namespace OpinionPipeline.Text;

/// <summary>A text's character pairs weighted by rarity, of length one.</summary>
public sealed class SparseVector
{
    // In ascending order of the pair, so that two vectors are compared in one walk.
    private readonly uint[] terms;
    private readonly int[] numbers;
    private readonly float[] weights;

    private SparseVector(uint[] terms, int[] numbers, float[] weights, TermWeights language) =>
        (this.terms, this.numbers, this.weights, Language) = (terms, numbers, weights, language);

    /// <summary>True for a text without a pair.</summary>
    public bool IsEmpty => terms.Length == 0;

    /// <summary>Each pair with its weight.</summary>
    public IEnumerable<(string Pair, float Weight)> Weighted =>
        terms.Zip(weights, (t, w) => (TermWeights.Text(t), w));

    /// <summary>By which it was weighted, and its pairs are numbered.</summary>
    internal TermWeights Language { get; }
    internal ReadOnlySpan<uint> Terms => terms;
    internal ReadOnlySpan<int> Numbers => numbers;
    internal ReadOnlySpan<float> Weights => weights;

    /// <summary>(1 + ln tf) · idf, then divided by the Euclidean norm.</summary>
    public static SparseVector TfIdf(string compact, TermWeights language)
    {
        if (compact.Length < 2)
            return new([], [], [], language);
        Span<uint> all =
            compact.Length <= 1_024
                ? stackalloc uint[compact.Length - 1]
                : new uint[compact.Length - 1];
        for (var i = 0; i < all.Length; i++)
            all[i] = TermWeights.Pair(compact[i], compact[i + 1]);
        all.Sort();
        var distinct = 0;
        for (var i = 0; i < all.Length; i++)
            distinct += i == 0 || all[i] != all[i - 1] ? 1 : 0;
        var terms = new uint[distinct];
        var (numbers, weights) = (new int[distinct], new float[distinct]);
        var (term, square) = (0, 0.0);
        for (var i = 0; i < all.Length; )
        {
            var from = i;
            while (i < all.Length && all[i] == all[from])
                i++;
            terms[term] = all[from];
            numbers[term] = language.Number(all[from]);
            // Most stand there once.
            var weight =
                (i - from == 1 ? 1 : 1 + Math.Log(i - from)) * language.Rarity(numbers[term]);
            square += weight * weight;
            weights[term++] = (float)weight;
        }
        var norm = (float)Math.Sqrt(square);
        for (var i = 0; i < weights.Length; i++)
            weights[i] /= norm;
        return new(terms, numbers, weights, language);
    }

    /// <summary>The cosine of the angle between two texts, 0 to 1.</summary>
    public double Cosine(SparseVector other)
    {
        var sum = 0.0;
        for (int i = 0, j = 0; i < terms.Length && j < other.terms.Length; )
        {
            var (mine, theirs) = (terms[i], other.terms[j]);
            if (mine == theirs)
                sum += weights[i] * other.weights[j];
            // Without a branch: which of two pairs comes first cannot be foreseen.
            i += mine <= theirs ? 1 : 0;
            j += theirs <= mine ? 1 : 0;
        }
        return Math.Min(sum, 1);
    }

    /// <summary>How rare the pairs are that both texts have, rarest first (see <see cref="TermWeights.Idf(string)"/>).</summary>
    public float[] SharedRarity(SparseVector other)
    {
        var shared = Common(other).Select(c => Rarity(c.Mine)).ToArray();
        Array.Sort(shared);
        Array.Reverse(shared);
        return shared;
    }

    /// <summary>
    /// How much of this text's rarity stands in another too, 0 to 1: every pair by its rarity, and by the third power of it,
    /// where the rarest count for most.
    /// </summary>
    public (float All, float Rarest) CoveredBy(SparseVector other)
    {
        var (all, rarest, coveredAll, coveredRarest) = (0f, 0f, 0f, 0f);
        var j = 0;
        for (var i = 0; i < terms.Length; i++)
        {
            var rarity = Rarity(i);
            var cube = rarity * rarity * rarity;
            (all, rarest) = (all + rarity, rarest + cube);
            while (j < other.terms.Length && other.terms[j] < terms[i])
                j++;
            if (j < other.terms.Length && other.terms[j] == terms[i])
                (coveredAll, coveredRarest) = (coveredAll + rarity, coveredRarest + cube);
        }
        return all == 0 ? (0, 0) : (coveredAll / all, coveredRarest / rarest);
    }

    /// <summary>The pairs that weigh most, heaviest first.</summary>
    /// <param name="n">How many.</param>
    /// <param name="known">Only those that the language has seen in several texts.</param>
    public IEnumerable<string> Top(int n, bool known = false)
    {
        // The heaviest so far in their order; of equals the first stays before.
        var top = new List<int>(n + 1);
        for (var i = 0; i < terms.Length; i++)
        {
            if (known && numbers[i] == 0)
                continue;
            var place = top.Count;
            while (place > 0 && weights[top[place - 1]] < weights[i])
                place--;
            if (place == n)
                continue;
            top.Insert(place, i);
            if (top.Count > n)
                top.RemoveAt(n);
        }
        return top.Select(i => TermWeights.Text(terms[i]));
    }

    /// <summary>The pairs that add most to the likeness of two texts, joined where they overlap into phrases.</summary>
    public IEnumerable<string> TopShared(SparseVector other, int n)
    {
        var shared = Common(other)
            .OrderByDescending(c => weights[c.Mine] * other.weights[c.Theirs])
            .ThenBy(c => terms[c.Mine])
            .Take(n * 3)
            .Select(c => TermWeights.Text(terms[c.Mine]));
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

    private float Rarity(int i) => Language.Rarity(numbers[i]);

    // Where both have a pair: its index here and there.
    private IEnumerable<(int Mine, int Theirs)> Common(SparseVector other)
    {
        for (int i = 0, j = 0; i < terms.Length && j < other.terms.Length; )
        {
            var (mine, theirs) = (terms[i], other.terms[j]);
            if (mine == theirs)
                yield return (i, j);
            i += mine <= theirs ? 1 : 0;
            j += theirs <= mine ? 1 : 0;
        }
    }
}
