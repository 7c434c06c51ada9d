using System.Text.Json;

namespace OpinionPipeline.Model;

/// <summary>
/// Whether two of something are one, judged by numbers that compare them: boosted trees, so that one sign can make another
/// count for more or less.
/// </summary>
/// <param name="Names">What the numbers are.</param>
/// <param name="Trees">Each adds to the logarithm of the odds.</param>
/// <param name="Bias">What is added to that.</param>
public sealed record PairModel(
    IReadOnlyList<string> Names,
    IReadOnlyList<PairTree> Trees,
    double Bias
)
{
    /// <summary>The likelihood, 0 to 1, that the two are one.</summary>
    public double Probability(ReadOnlySpan<float> numbers)
    {
        var sum = Bias;
        foreach (var tree in Trees)
            sum += tree.Value(numbers);
        return 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>Writes it as JSON.</summary>
    public void Save(Stream stream) => JsonSerializer.Serialize(stream, this);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static PairModel Load(Stream stream)
    {
        try
        {
            return JsonSerializer.Deserialize<PairModel>(stream)
                ?? throw new InvalidDataException("The pair model is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("This is no pair model: " + e.Message, e);
        }
    }
}

/// <summary>One tree: at each fork a number decides, at each leaf stands a value.</summary>
/// <param name="Numbers">Which number decides at each fork.</param>
/// <param name="Thresholds">Up to and with this the way is <paramref name="Below"/>, else <paramref name="Above"/>.</param>
/// <param name="Below">The next fork; a leaf is the complement of its index.</param>
/// <param name="Above">The same, for greater numbers.</param>
/// <param name="Leaves">The values.</param>
public sealed record PairTree(
    int[] Numbers,
    float[] Thresholds,
    int[] Below,
    int[] Above,
    double[] Leaves
)
{
    /// <summary>The value of the leaf that the numbers lead to.</summary>
    public double Value(ReadOnlySpan<float> numbers)
    {
        var fork = 0;
        while (fork >= 0)
            fork = numbers[Numbers[fork]] <= Thresholds[fork] ? Below[fork] : Above[fork];
        return Leaves[~fork];
    }
}
