namespace OpinionPipeline.Model;

/// <summary>
/// Turns a linear model's scores into probabilities: temperature scaling (Guo et al. 2017), one number fitted by
/// likelihood on texts the model has not seen.
/// </summary>
internal static class Calibration
{
    /// <summary>Probabilities that sum to one.</summary>
    public static double[] Softmax(ReadOnlySpan<float> scores, double sharpness)
    {
        var result = new double[scores.Length];
        Softmax(scores, sharpness, result);
        return result;
    }

    /// <summary>The same without a new array.</summary>
    public static void Softmax(ReadOnlySpan<float> scores, double sharpness, Span<double> result)
    {
        var most = double.MinValue;
        foreach (var score in scores)
            most = Math.Max(most, score * sharpness);
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++)
            sum += result[i] = Math.Exp(scores[i] * sharpness - most);
        for (var i = 0; i < scores.Length; i++)
            result[i] /= sum;
    }

    /// <summary>The sharpness under which the right labels are most likely, by golden-section search over its logarithm.</summary>
    public static double Fit(IReadOnlyList<(float[] Scores, int Right)> unseen)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(0.05), Math.Log(50));
        var (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        var (lossA, lossB) = (Loss(unseen, Math.Exp(a)), Loss(unseen, Math.Exp(b)));
        for (var i = 0; i < 40; i++)
            if (lossA < lossB)
            {
                (high, b, lossB) = (b, a, lossA);
                a = high - ratio * (high - low);
                lossA = Loss(unseen, Math.Exp(a));
            }
            else
            {
                (low, a, lossA) = (a, b, lossB);
                b = low + ratio * (high - low);
                lossB = Loss(unseen, Math.Exp(b));
            }
        return Math.Exp((low + high) / 2);
    }

    private static double Loss(
        IReadOnlyList<(float[] Scores, int Right)> unseen,
        double sharpness
    ) => -unseen.Average(u => Math.Log(Math.Max(Softmax(u.Scores, sharpness)[u.Right], 1e-12)));
}
