namespace OpinionPipeline.Model;

/// <summary>
/// Trains the second level: for each label with texts of at least two finer ones a small linear model of its own, on the
/// same features as the first level, the ratio model alone (with SDCA beside it: accuracy 0.720 instead of 0.720, three
/// times as long). What the categories are called teaches along.
/// </summary>
internal static class FinerTrainer
{
    // A finer label of fewer texts cannot be judged.
    private const int LeastTexts = 2;

    // Of fewer decisions over all labels together the share that is right says little, and nothing is decided. A label by
    // itself has too few: thresholds of their own, learnt on one half of the texts, were 93% right on the other half.
    private const int LeastDecided = 50;

    /// <summary>Trains and cross-validates below every label; the same texts and seed give the same models.</summary>
    public static (
        IReadOnlyList<CompactScorer> Scorers,
        IReadOnlyList<FinerCard> Cards,
        double? Threshold
    ) Train(
        IReadOnlyList<LabelledText> texts,
        TrainingOptions options,
        CancellationToken cancellation
    )
    {
        var models = texts
            .GroupBy(t => t.Label)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Train(g.Key, Learnable(g), options, cancellation))
            .OfType<Trained>()
            .ToList();
        var threshold = CrossValidation.Threshold(
            models.SelectMany(m => m.Judged),
            options.DecidedAccuracy,
            LeastDecided
        );
        return (
            [.. models.Select(m => m.Scorer)],
            [.. models.Select(m => Decided(m, threshold))],
            threshold
        );
    }

    // The texts of one label whose finer one is known, and stands at more of them.
    private static List<LabelledText> Learnable(IEnumerable<LabelledText> texts)
    {
        var known = texts.Where(t => t.Second is not null).ToList();
        var counts = known.CountBy(t => t.Second!).ToDictionary();
        return
        [
            .. known
                .Where(t => counts[t.Second!] >= LeastTexts)
                .Select(t => t with { Label = t.Second! }),
        ];
    }

    private static Trained? Train(
        string label,
        List<LabelledText> texts,
        TrainingOptions options,
        CancellationToken cancellation
    )
    {
        var labels = texts.Select(t => t.Label).Distinct().Order(StringComparer.Ordinal).ToList();
        if (labels.Count < 2)
            return null;
        var names = options
            .Names.Where(n => n.Label == label && n.Second is not null && labels.Contains(n.Second))
            .Select(n => n with { Label = n.Second! })
            .ToList();
        var judged = CrossValidation.Judge(
            texts,
            labels,
            options,
            training => Fit([.. training, .. names], options.Seed),
            cancellation
        );
        var sharpness = Calibration.Fit([.. judged.Select(j => (j.Scores, j.Right))]);
        var decisions = judged
            .Select(j =>
            {
                var p = Calibration.Softmax(j.Scores, sharpness);
                return (Confidence: p.Max(), Above: p.Count(other => other > p[j.Right]));
            })
            .ToList();
        var (order, scorer) = Fit([.. texts, .. names], options.Seed);
        return new(
            scorer,
            [.. decisions.Select(d => (d.Confidence, d.Above == 0))],
            new()
            {
                Label = label,
                Labels = order,
                Documents = texts.Count,
                Sharpness = sharpness,
                Accuracy = decisions.Average(d => d.Above == 0 ? 1.0 : 0),
                TopThree = decisions.Average(d => d.Above < 3 ? 1.0 : 0),
            }
        );
    }

    private static (IReadOnlyList<string> Labels, CompactScorer Scorer) Fit(
        IReadOnlyList<LabelledText> texts,
        int seed
    )
    {
        var labels = texts.Select(t => t.Label).Distinct().Order(StringComparer.Ordinal).ToList();
        var vectors = TrainingVectors.Of(texts);
        var weights =
            labels.Count > 1
                ? RatioTrainer.Fit(vectors.Rows, labels, seed)
                // In a fold all texts of another label may be missing: there is nothing to tell apart.
                : new([new float[vectors.Size]], [0]);
        return (labels, CompactScorer.Compile(vectors.Features, weights));
    }

    private static FinerCard Decided(Trained model, double? threshold)
    {
        var decided = model.Judged.Where(j => j.Confidence >= threshold).ToList();
        return decided.Count == 0
            ? model.Card
            : model.Card with
            {
                Decided = (double)decided.Count / model.Judged.Count,
                DecidedAccuracy = decided.Average(j => j.Right ? 1.0 : 0),
            };
    }

    private sealed record Trained(
        CompactScorer Scorer,
        IReadOnlyList<(double Confidence, bool Right)> Judged,
        FinerCard Card
    );
}
