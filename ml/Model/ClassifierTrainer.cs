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

        var judged = CrossValidate(texts, labels, options, progress, cancellation);
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
        var threshold = Threshold(decisions, options.DecidedAccuracy);
        var decided = decisions.Where(j => j.Confidence >= threshold).ToList();

        var final = FittedModel.Fit(texts, options);
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(1);
        return TextClassifier.Create(
            final.Reference,
            Agrees(final, texts) ? final.Compact : null,
            Language.Learn(
                texts.Select(t => t.Title + t.Body).Concat(options.Unlabelled),
                options.Seed
            ),
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
                NoveltyBound = judged.Select(j => j.Known).Order().ElementAt(judged.Length / 200),
            }
        );
    }

    // Every text judged by a model that has seen neither it nor its near duplicates; folds side by side.
    private static (float[] Scores, int Right, double Known)[] CrossValidate(
        IReadOnlyList<LabelledText> texts,
        List<string> labels,
        TrainingOptions options,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        var folds = Folds.Assign(texts, options.Folds, options.Seed);
        var judged = new (float[] Scores, int Right, double Known)[texts.Count];
        var done = 0;
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
                var model = FittedModel.Fit([.. texts.Where((_, i) => folds[i] != fold)], options);
                var own = new float[model.Labels.Count];
                for (var i = 0; i < texts.Count; i++)
                {
                    if (folds[i] != fold)
                        continue;
                    var known = model.Compact.Score(texts[i].Title, texts[i].Body, own);
                    // A label of two near-identical texts may be missing from a fold: its score is then the least of all.
                    var scores = new float[labels.Count];
                    Array.Fill(scores, own.Min());
                    for (var label = 0; label < own.Length; label++)
                        scores[labels.IndexOf(model.Labels[label])] = own[label];
                    judged[i] = (scores, labels.IndexOf(texts[i].Label), known);
                }
                progress?.Report((double)Interlocked.Increment(ref done) / (options.Folds + 1));
            }
        );
        // Seeds beside real texts teach; how good the model is, real texts say.
        return texts.All(t => t.Weight < 1)
            ? judged
            : [.. judged.Where((_, i) => texts[i].Weight >= 1)];
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

    // The least confidence at which what is decided is right often enough; where none is, only the surest are decided.
    private static double Threshold(
        List<(double Confidence, string Predicted, string Right)> judged,
        double wanted
    )
    {
        var threshold = 0.99;
        var right = 0;
        var seen = 0;
        foreach (var (confidence, predicted, actual) in judged.OrderByDescending(j => j.Confidence))
        {
            seen++;
            right += predicted == actual ? 1 : 0;
            if (seen >= 20 && (double)right / seen >= wanted)
                threshold = confidence;
        }
        return Math.Round(threshold, 4);
    }

    private static string Hash(IReadOnlyList<LabelledText> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (title, body, label) in texts)
            hash.AppendData(Encoding.UTF8.GetBytes($"{title}\u001F{body}\u001F{label}\u001E"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
