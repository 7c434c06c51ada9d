namespace OpinionPipeline.Model;

/// <summary>
/// Whether one model is better than another on the same texts, or only luckier. The bootstrap resamples texts and keeps
/// both answers to a text together (Koehn 2004); McNemar's test, exact, looks only at texts that one has right and the
/// other wrong.
/// </summary>
/// <param name="Difference">Macro-F1 of the first less that of the second.</param>
/// <param name="Low">Lower end of the difference's 95% interval.</param>
/// <param name="High">Its upper end.</param>
/// <param name="OnlyFirst">Texts that the first alone has right.</param>
/// <param name="OnlySecond">Texts that the second alone has right.</param>
/// <param name="McNemar">Probability of a split so uneven or more if both were equally good, 0 to 1.</param>
public sealed record PairedTest(
    double Difference,
    double Low,
    double High,
    int OnlyFirst,
    int OnlySecond,
    double McNemar
)
{
    /// <summary>Compares two models' answers; the same seed gives the same interval.</summary>
    /// <param name="answers">For each text what is right and what each says; at least one.</param>
    /// <param name="resamples">How often the bootstrap draws.</param>
    /// <param name="seed">The seed of its draws.</param>
    public static PairedTest Of(
        IReadOnlyList<(string Right, string First, string Second)> answers,
        int resamples,
        int seed
    )
    {
        var names = answers
            .SelectMany(a => new[] { a.Right, a.First, a.Second })
            .Distinct()
            .Index()
            .ToDictionary(n => n.Item, n => n.Index);
        var coded = answers
            .Select(a => (names[a.Right], names[a.First], names[a.Second]))
            .ToArray();
        var (low, high) = Bootstrap.Interval(
            coded,
            drawn => MacroDifference(drawn, names.Count),
            resamples,
            seed
        );
        var first = answers.Count(a => a.First == a.Right && a.Second != a.Right);
        var second = answers.Count(a => a.First != a.Right && a.Second == a.Right);
        return new(
            MacroDifference(coded, names.Count),
            low,
            high,
            first,
            second,
            Exact(first, second)
        );
    }

    private static double MacroDifference((int Right, int First, int Second)[] coded, int labels)
    {
        Span<int> right = stackalloc int[labels];
        Span<int> saidFirst = stackalloc int[labels];
        Span<int> saidSecond = stackalloc int[labels];
        Span<int> hitFirst = stackalloc int[labels];
        Span<int> hitSecond = stackalloc int[labels];
        foreach (var (truth, first, second) in coded)
        {
            right[truth]++;
            saidFirst[first]++;
            saidSecond[second]++;
            if (first == truth)
                hitFirst[truth]++;
            if (second == truth)
                hitSecond[truth]++;
        }
        // F1 is 2·hits over said and right together; the mean is over labels that are right at least once.
        var (sum, counted) = (0.0, 0);
        for (var label = 0; label < labels; label++)
        {
            if (right[label] == 0)
                continue;
            counted++;
            sum += 2.0 * hitFirst[label] / (saidFirst[label] + right[label]);
            sum -= 2.0 * hitSecond[label] / (saidSecond[label] + right[label]);
        }
        return sum / counted;
    }

    // Two-sided binomial with one half; summed by logarithms, as the terms of a large holdout underflow.
    private static double Exact(int a, int b)
    {
        var n = a + b;
        if (n == 0)
            return 1;
        var logChoose = 0.0;
        var tail = 0.0;
        for (var k = 0; k <= Math.Min(a, b); k++)
        {
            if (k > 0)
                logChoose += Math.Log(n - k + 1) - Math.Log(k);
            tail += Math.Exp(logChoose - n * Math.Log(2));
        }
        return Math.Min(1, 2 * tail);
    }
}
