namespace OpinionPipeline.Model;

/// <summary>How sure a figure is that was measured on a sample: the percentile bootstrap (Efron 1979).</summary>
public static class Bootstrap
{
    /// <summary>The ends of the interval that holds the middle 95% of a figure over resamples; the same seed gives the same.</summary>
    /// <param name="sample">What was measured; at least one.</param>
    /// <param name="figure">The figure of a resample, which is as large as the sample and holds some of it several times.</param>
    /// <param name="resamples">How often it is drawn.</param>
    /// <param name="seed">The seed of the draws.</param>
    public static (double Low, double High) Interval<T>(
        T[] sample,
        Func<T[], double> figure,
        int resamples,
        int seed
    )
    {
        var random = new Random(seed);
        var drawn = new T[sample.Length];
        var figures = new double[resamples];
        for (var i = 0; i < resamples; i++)
        {
            for (var j = 0; j < drawn.Length; j++)
                drawn[j] = sample[random.Next(sample.Length)];
            figures[i] = figure(drawn);
        }
        Array.Sort(figures);
        return (
            figures[(int)(0.025 * (resamples - 1))],
            figures[(int)Math.Ceiling(0.975 * (resamples - 1))]
        );
    }
}
