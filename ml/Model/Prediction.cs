namespace OpinionPipeline.Model;

/// <summary>A label, the probability that it is right, and the next most probable ones.</summary>
public sealed record Prediction(
    string Label,
    double Confidence,
    IReadOnlyList<(string Label, double Confidence)> Alternatives
)
{
    private const int MostAlternatives = 3;

    /// <summary>Share of the text's pairs of neighbouring characters that the training texts contain, 0 to 1.</summary>
    public double Known { get; init; } = 1;

    /// <summary>True for a text unlike those the model was trained on: what it says of such a text is a guess.</summary>
    public bool IsNovel { get; init; }

    /// <summary>How much surer it is of this label than of the next, 0 to 1.</summary>
    public double Margin => Confidence - (Alternatives.Count > 0 ? Alternatives[0].Confidence : 0);

    /// <summary>From raw scores: a softmax of the scores times the sharpness.</summary>
    internal static Prediction From(ReadOnlySpan<float> scores, double known, ModelCard card) =>
        From(scores, card.Labels, card.Sharpness, MostAlternatives, known, card.NoveltyBound);

    /// <summary>The second level, with all alternatives; whether a text is novel the first level says.</summary>
    internal static Prediction From(ReadOnlySpan<float> scores, double known, FinerCard card) =>
        From(scores, card.Labels, card.Sharpness, card.Labels.Count, known, 0);

    private static Prediction From(
        ReadOnlySpan<float> scores,
        IReadOnlyList<string> labels,
        double sharpness,
        int most,
        double known,
        double noveltyBound
    )
    {
        Span<double> probabilities = stackalloc double[scores.Length];
        Calibration.Softmax(scores, sharpness, probabilities);
        var best = Take(probabilities, out var confidence);
        var alternatives = new (string, double)[Math.Min(most, scores.Length - 1)];
        for (var i = 0; i < alternatives.Length; i++)
        {
            var next = Take(probabilities, out var probability);
            alternatives[i] = (labels[next], probability);
        }
        return new(labels[best], confidence, alternatives)
        {
            Known = known,
            IsNovel = known < noveltyBound,
        };
    }

    // The greatest that is left, the first of equals.
    private static int Take(Span<double> probabilities, out double probability)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[best])
                best = i;
        probability = probabilities[best];
        probabilities[best] = -1;
        return best;
    }
}
