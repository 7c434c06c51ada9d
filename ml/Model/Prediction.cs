namespace OpinionPipeline.Model;

/// <summary>A label, the probability that it is right, and the next most probable ones.</summary>
public sealed record Prediction(
    string Label,
    double Confidence,
    IReadOnlyList<(string Label, double Confidence)> Alternatives
)
{
    private const int MostAlternatives = 3;

    /// <summary>From raw scores: a softmax of the scores times the sharpness.</summary>
    internal static Prediction From(ReadOnlySpan<float> scores, ModelCard card)
    {
        var probabilities = Calibration.Softmax(scores, card.Sharpness);
        var order = Enumerable
            .Range(0, probabilities.Length)
            .OrderByDescending(i => probabilities[i])
            .ThenBy(i => i)
            .Take(1 + MostAlternatives)
            .ToList();
        return new(
            card.Labels[order[0]],
            probabilities[order[0]],
            [.. order.Skip(1).Select(i => (card.Labels[i], probabilities[i]))]
        );
    }
}
