namespace OpinionPipeline.Model;

/// <summary>Has every text judged by a model that has seen neither it nor its near duplicates.</summary>
internal static class CrossValidation
{
    /// <summary>Trains and judges fold by fold, folds side by side.</summary>
    /// <param name="texts">What is trained on and judged.</param>
    /// <param name="labels">The labels in the order of the scores wanted.</param>
    /// <param name="options">How many folds, and the seed.</param>
    /// <param name="fit">Trains on some of the texts.</param>
    /// <param name="cancellation">Stops it between two folds.</param>
    /// <returns>
    /// Of each text the raw scores, the number of the right label, and what share of its pairs of characters was known.
    /// Seeds beside real texts teach; how good the model is, real texts say.
    /// </returns>
    public static IReadOnlyList<(float[] Scores, int Right, double Known)> Judge(
        IReadOnlyList<LabelledText> texts,
        List<string> labels,
        TrainingOptions options,
        Func<IReadOnlyList<LabelledText>, (IReadOnlyList<string> Labels, CompactScorer Scorer)> fit,
        CancellationToken cancellation
    )
    {
        var folds = Folds.Assign(texts, options.Folds, options.Seed);
        var judged = new (float[] Scores, int Right, double Known)[texts.Count];
        Parallel.For(
            0,
            options.Folds,
            new ParallelOptions
            {
                CancellationToken = cancellation,
                MaxDegreeOfParallelism = Environment.ProcessorCount,
            },
            fold =>
            {
                var (names, scorer) = fit([.. texts.Where((_, i) => folds[i] != fold)]);
                var own = new float[names.Count];
                for (var i = 0; i < texts.Count; i++)
                {
                    if (folds[i] != fold)
                        continue;
                    var known = scorer.Score(texts[i].Title, texts[i].Body, own);
                    // A label of two near-identical texts may be missing from a fold: its score is then the least of all.
                    var scores = new float[labels.Count];
                    Array.Fill(scores, own.Min());
                    for (var label = 0; label < own.Length; label++)
                        scores[labels.IndexOf(names[label])] = own[label];
                    judged[i] = (scores, labels.IndexOf(texts[i].Label), known);
                }
            }
        );
        return texts.All(t => t.Weight < 1)
            ? judged
            : [.. judged.Where((_, i) => texts[i].Weight >= 1)];
    }

    /// <summary>
    /// The least confidence from which on so many are decided, at least, and what is decided is right often enough; null
    /// where there is none.
    /// </summary>
    public static double? Threshold(
        IEnumerable<(double Confidence, bool Right)> judged,
        double wanted,
        int least
    )
    {
        double? threshold = null;
        var (right, seen) = (0, 0);
        foreach (var (confidence, isRight) in judged.OrderByDescending(j => j.Confidence))
        {
            seen++;
            right += isRight ? 1 : 0;
            if (seen >= least && (double)right / seen >= wanted)
                threshold = confidence;
        }
        return threshold;
    }
}
