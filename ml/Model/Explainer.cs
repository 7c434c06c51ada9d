using OpinionPipeline.Text;

namespace OpinionPipeline.Model;

/// <summary>
/// Says which phrases carried a decision. A linear model's score is a sum over n-grams: each gives its part to the
/// characters it stands on, and neighbouring characters that got much are a phrase.
/// </summary>
internal static class Explainer
{
    private const int MostPhrases = 5;

    // A character with less than this part of the most that one got is not part of a phrase.
    private const float Least = 0.2f;

    /// <summary>The phrases that spoke for a label, heaviest first.</summary>
    /// <param name="title">The title as given.</param>
    /// <param name="body">The body as given.</param>
    /// <param name="worth">What one occurrence of an n-gram in the title (true) or body adds to the label's score.</param>
    public static IReadOnlyList<Phrase> Phrases(
        string title,
        string body,
        Func<uint, bool, float> worth
    )
    {
        var fields = new[] { (Text: title, InTitle: true), (Text: body, InTitle: false) };
        var got = fields.Select(f => Shares(f.Text, n => worth(n, f.InTitle))).ToArray();
        var most = got.SelectMany(g => g).DefaultIfEmpty().Max();
        if (most <= 0)
            return [];
        var all = got.Sum(g => g.Where(v => v > 0).Sum());
        return
        [
            .. fields
                .Zip(got, (f, g) => Runs(f.Text, f.InTitle, g, most * Least, all))
                .SelectMany(p => p)
                .OrderByDescending(p => p.Weight)
                .Take(MostPhrases),
        ];
    }

    // What each character of the text as given gets.
    private static float[] Shares(string text, Func<uint, float> worth)
    {
        var shares = new float[text.Length];
        var normal = new char[text.Length];
        var origins = new int[text.Length];
        var length = Normalization.Normalize(text, normal, origins);
        for (var i = 0; i < length; i++)
        {
            shares[origins[i]] += worth(Vocabulary.Key('\0', normal[i]));
            if (i == 0)
                continue;
            var half = worth(Vocabulary.Key(normal[i - 1], normal[i])) / 2;
            shares[origins[i - 1]] += half;
            shares[origins[i]] += half;
        }
        return shares;
    }

    private static IEnumerable<Phrase> Runs(
        string text,
        bool inTitle,
        float[] shares,
        float least,
        float all
    )
    {
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            var sum = 0f;
            while (i < text.Length && shares[i] >= least && IsWord(text[i]))
                sum += shares[i++];
            // One character alone is no phrase.
            if (i - start > 1)
                yield return new(inTitle, start, i - start, text[start..i], sum / all);
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c);
}
