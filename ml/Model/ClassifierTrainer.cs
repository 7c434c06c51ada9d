using System.Security.Cryptography;
using System.Text;
using OpinionPipeline.Text;

namespace OpinionPipeline.Model;

/// <summary>
/// Trains a linear model on single characters and pairs of title, text and both together (see
/// <see cref="Featurizer"/>), weighted by rarity and by what they tell about the label, with ML.NET's stochastic dual
/// coordinate ascent and a smoothed hinge. Chinese has no spaces, so ML.NET's default text featurizer sees sentences as
/// words; characters do better here.
/// </summary>
public static class ClassifierTrainer
{
    // Of fewer decisions the share that is right says little.
    private const int LeastDecided = 20;

    // The threshold where none keeps what is wanted.
    private const double OnlyTheSurest = 0.99;

    /// <summary>Trains, having cross-validated first to calibrate and to know how good the model will be.</summary>
    /// <exception cref="ArgumentException">Fewer than two labels, or a label with fewer than two texts.</exception>
    public static TextClassifier Train(
        IReadOnlyList<LabelledText> texts,
        TrainingOptions options,
        DateTimeOffset now,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        var labels = texts.Select(t => t.Label).Distinct().Order(StringComparer.Ordinal).ToList();
        if (labels.Count < 2)
            throw new ArgumentException("A model needs texts of at least two labels.");
        var perLabel = texts
            .CountBy(t => t.Label)
            .OrderBy(c => c.Key, StringComparer.Ordinal)
            .ToDictionary();
        if (perLabel.FirstOrDefault(c => c.Value < 2) is { Key: not null } rare)
            throw new ArgumentException(
                $"Label '{rare.Key}' has {rare.Value} text; at least 2 are needed."
            );

        var done = 0;
        var judged = CrossValidation.Judge(
            texts,
            labels,
            options,
            training =>
            {
                var model = FittedModel.Fit(training, options);
                progress?.Report((double)Interlocked.Increment(ref done) / (options.Folds + 2));
                return (model.Labels, model.Compact);
            },
            cancellation
        );
        var sharpness = Calibration.Fit([.. judged.Select(j => (j.Scores, j.Right))]);
        var decisions = judged
            .Select(j =>
            {
                var p = Calibration.Softmax(j.Scores, sharpness);
                var best = Array.IndexOf(p, p.Max());
                return (Confidence: p[best], Predicted: labels[best], Right: labels[j.Right]);
            })
            .ToList();
        var evaluation = Evaluation.Of(decisions);
        var threshold = CrossValidation.Threshold(
            decisions.Select(d => (d.Confidence, d.Predicted == d.Right)),
            options.DecidedAccuracy,
            LeastDecided
        )
            is { } found
            ? Math.Round(found, 4)
            : OnlyTheSurest;
        var decided = decisions.Where(j => j.Confidence >= threshold).ToList();

        var final = FittedModel.Fit(texts, options);
        cancellation.ThrowIfCancellationRequested();
        progress?.Report((options.Folds + 1.0) / (options.Folds + 2));
        var finer = FinerTrainer.Train(texts, options, cancellation);
        progress?.Report(1);
        return TextClassifier.Create(
            final.Reference,
            Agrees(final, texts) ? final.Compact : null,
            Language.Learn(
                texts.Select(t => t.Title + t.Body).Concat(options.Unlabelled),
                options.Seed
            ),
            finer.Scorers,
            new ModelCard
            {
                Labels = final.Labels,
                DataHash = Hash(texts),
                Documents = texts.Count,
                SeedDocuments = texts.Count(t => t.Weight < 1),
                DocumentsPerLabel = perLabel,
                Seed = options.Seed,
                TrainedAt = now,
                Sharpness = sharpness,
                Threshold = threshold,
                CrossValidatedMacroF1 = evaluation.MacroF1,
                CrossValidatedAccuracy = evaluation.Accuracy,
                Decided = (double)decided.Count / decisions.Count,
                DecidedAccuracy =
                    decided.Count == 0 ? 0 : decided.Average(j => j.Predicted == j.Right ? 1.0 : 0),
                CalibrationError = evaluation.CalibrationError,
                Reliability = evaluation.Reliability,
                NoveltyBound = judged.Select(j => j.Known).Order().ElementAt(judged.Count / 200),
                FinerThreshold = finer.Threshold,
                Finer = finer.Cards,
            }
        );
    }

    // The compact scorer is shipped only if it says what ML.NET says.
    private static bool Agrees(FittedModel model, IReadOnlyList<LabelledText> texts)
    {
        var compact = new float[model.Labels.Count];
        foreach (var text in texts.Where((_, i) => i % (texts.Count / 100 + 1) == 0))
        {
            model.Compact.Score(text.Title, text.Body, compact);
            var (scores, _) = model.Reference.Score(text.Title, text.Body);
            if (compact.Zip(scores).Any(s => !(Math.Abs(s.First - s.Second) < 1e-4)))
                return false;
        }
        return true;
    }

    private static string Hash(IReadOnlyList<LabelledText> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            var (title, body, label) = text;
            var second = text.Second is { } finer ? "\u001F" + finer : "";
            hash.AppendData(
                Encoding.UTF8.GetBytes($"{title}\u001F{body}\u001F{label}{second}\u001E")
            );
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
