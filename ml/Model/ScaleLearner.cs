namespace OpinionPipeline.Model;

/// <summary>
/// Learns how much each n-gram counts: its rarity, ln((N + 1) / (n + 1)) + 1, times the square root of how much it tells
/// about the label - the Kullback-Leibler divergence of the labels of the texts that contain it from those of all texts,
/// smoothed by <see cref="Doubt"/> texts of average labels per label. A supervised weight in the spirit of Wang and
/// Manning (2012), but one for all labels, so that one vector serves them all.
/// </summary>
internal static class ScaleLearner
{
    private const double Doubt = 1;

    // What a telling-nothing n-gram keeps: combinations of such n-grams may tell something.
    private const double Floor = 0.05;

    /// <summary>The scales of all n-grams; 0 for one in fewer than two of the texts.</summary>
    public static float[] Learn(
        int size,
        IReadOnlyList<(NgramCounts Text, int Label)> texts,
        int labels
    )
    {
        var counts = new int[size * labels];
        var share = new double[labels];
        foreach (var (text, label) in texts)
        {
            share[label] += 1.0 / texts.Count;
            foreach (var index in text.Indices)
                counts[index * labels + label]++;
        }
        var scales = new float[size];
        for (var index = 0; index < size; index++)
        {
            var of = counts.AsSpan(index * labels, labels);
            var (total, divergence) = (0, 0.0);
            foreach (var count in of)
                total += count;
            if (total < 2)
                continue;
            for (var label = 0; label < labels; label++)
            {
                if (share[label] == 0)
                    continue;
                var p = (of[label] + Doubt * labels * share[label]) / (total + Doubt * labels);
                divergence += p * Math.Log(p / share[label]);
            }
            var rarity = Math.Log((texts.Count + 1.0) / (total + 1)) + 1;
            scales[index] = (float)(rarity * Math.Sqrt(Floor + divergence));
        }
        return scales;
    }
}
