using System.Text.Json;

namespace OpinionPipeline.Model;

/// <summary>
/// Whether two of something are one, judged by numbers that compare them: a logistic regression on the numbers and on the
/// products of each two, so that one sign can make another count for more or less.
/// </summary>
/// <param name="Names">What the numbers are.</param>
/// <param name="Means">The mean of each number among the pairs it was taught.</param>
/// <param name="Deviations">The standard deviation of each.</param>
/// <param name="Weights">Of each number, then of the products 0·0, 0·1 … 0·n, 1·1, 1·2 …</param>
/// <param name="Bias">What is added.</param>
public sealed record PairModel(
    IReadOnlyList<string> Names,
    float[] Means,
    float[] Deviations,
    float[] Weights,
    float Bias
)
{
    /// <summary>Numbers further from the mean than so many deviations are taken for as far: there was nothing to learn beyond.</summary>
    private const float Furthest = 3;

    /// <summary>The likelihood, 0 to 1, that the two are one.</summary>
    public double Probability(ReadOnlySpan<float> numbers)
    {
        Span<float> standard = stackalloc float[Names.Count];
        Standardise(numbers, Means, Deviations, standard);
        double sum = Bias;
        var weight = 0;
        for (var i = 0; i < standard.Length; i++)
            sum += Weights[weight++] * standard[i];
        for (var i = 0; i < standard.Length; i++)
        for (var j = i; j < standard.Length; j++)
            sum += Weights[weight++] * standard[i] * standard[j];
        return 1 / (1 + Math.Exp(-sum));
    }

    internal static void Standardise(
        ReadOnlySpan<float> numbers,
        ReadOnlySpan<float> means,
        ReadOnlySpan<float> deviations,
        Span<float> standard
    )
    {
        for (var i = 0; i < standard.Length; i++)
            standard[i] =
                deviations[i] == 0
                    ? 0
                    : Math.Clamp((numbers[i] - means[i]) / deviations[i], -Furthest, Furthest);
    }

    /// <summary>Writes it as JSON.</summary>
    public void Save(Stream stream) => JsonSerializer.Serialize(stream, this);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or of other numbers than these.</exception>
    public static PairModel Load(Stream stream, IReadOnlyList<string> names)
    {
        var model =
            JsonSerializer.Deserialize<PairModel>(stream)
            ?? throw new InvalidDataException("The pair model is empty.");
        return model.Names.SequenceEqual(names)
            ? model
            : throw new InvalidDataException(
                "The pair model was trained on other numbers than this program compares; train it anew."
            );
    }
}
