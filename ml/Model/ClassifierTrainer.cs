using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms.Text;
using OpinionPipeline.Text;

namespace OpinionPipeline.Model;

/// <summary>
/// Trains a linear model on character n-grams: title and text apart, pairs and single characters, TF-IDF, length one;
/// stochastic dual coordinate ascent with a smoothed hinge. Chinese has no spaces, so ML.NET's default text featurizer
/// sees sentences as words; characters do better here.
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

        var rows = texts.Select(t => TextRow.From(t.Title, t.Body, t.Label)).ToList();
        var folds = Folds.Assign(texts, options.Folds, options.Seed);
        var unseen = new List<(float[] Scores, int Right)>(texts.Count);
        for (var fold = 0; fold < options.Folds; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (context, model) = Fit([.. rows.Where((_, i) => folds[i] != fold)], options);
            var known = ScoreReader.Labels(context, model);
            var held = rows.Where((_, i) => folds[i] == fold).ToList();
            foreach (var (row, scores) in held.Zip(ScoreReader.Scores(context, model, held)))
            {
                // A label of two near-identical texts may be missing from a fold: its score is then the least of all.
                var aligned = new float[labels.Count];
                Array.Fill(aligned, scores.Length == 0 ? 0 : scores.Min());
                for (var i = 0; i < known.Count; i++)
                    aligned[labels.IndexOf(known[i])] = scores[i];
                unseen.Add((aligned, labels.IndexOf(row.Label)));
            }
            progress?.Report((fold + 1.0) / (options.Folds + 1));
        }
        cancellation.ThrowIfCancellationRequested();

        var sharpness = Calibration.Fit(unseen);
        var judged = unseen
            .Select(u =>
            {
                var p = Calibration.Softmax(u.Scores, sharpness);
                var best = Array.IndexOf(p, p.Max());
                return (Confidence: p[best], Predicted: labels[best], Right: labels[u.Right]);
            })
            .ToList();
        var evaluation = Evaluation.Of(judged);
        var threshold = Threshold(judged, options.DecidedAccuracy);
        var decided = judged.Where(j => j.Confidence >= threshold).ToList();

        var (finalContext, finalModel) = Fit(rows, options);
        progress?.Report(1);
        return new TextClassifier(
            finalContext,
            finalModel,
            TermWeights.Build(texts.Select(t => Normalization.Compact(t.Title + t.Body))),
            new ModelCard
            {
                Labels = ScoreReader.Labels(finalContext, finalModel),
                DataHash = Hash(texts),
                Documents = texts.Count,
                DocumentsPerLabel = perLabel,
                Seed = options.Seed,
                TrainedAt = now,
                Sharpness = sharpness,
                Threshold = threshold,
                CrossValidatedMacroF1 = evaluation.MacroF1,
                CrossValidatedAccuracy = evaluation.Accuracy,
                Decided = (double)decided.Count / judged.Count,
                DecidedAccuracy =
                    decided.Count == 0 ? 0 : decided.Average(j => j.Predicted == j.Right ? 1.0 : 0),
            }
        );
    }

    private static (MLContext Context, ITransformer Model) Fit(
        List<TextRow> rows,
        TrainingOptions options
    )
    {
        var context = new MLContext(options.Seed);
        var text = context.Transforms.Text;
        var pipeline = context
            .Transforms.Conversion.MapValueToKey(
                "LabelKey",
                nameof(TextRow.Label),
                keyOrdinality: Microsoft
                    .ML
                    .Transforms
                    .ValueToKeyMappingEstimator
                    .KeyOrdinality
                    .ByValue
            )
            .Append(text.TokenizeIntoCharactersAsKeys("TitleKeys", nameof(TextRow.Title)))
            .Append(text.TokenizeIntoCharactersAsKeys("BodyKeys", nameof(TextRow.Body)))
            .Append(Ngrams(text, "TitleGrams", "TitleKeys"))
            .Append(Ngrams(text, "BodyGrams", "BodyKeys"))
            .Append(context.Transforms.NormalizeLpNorm("TitleGrams"))
            .Append(context.Transforms.NormalizeLpNorm("BodyGrams"))
            .Append(context.Transforms.Concatenate("Features", "TitleGrams", "BodyGrams"))
            .AppendCacheCheckpoint(context)
            .Append(
                context.MulticlassClassification.Trainers.SdcaNonCalibrated(
                    new SdcaNonCalibratedMulticlassTrainer.Options
                    {
                        LabelColumnName = "LabelKey",
                        FeatureColumnName = "Features",
                        Loss = new SmoothedHingeLoss(),
                        L2Regularization = options.L2,
                        L1Regularization = 0,
                        MaximumNumberOfIterations = 40,
                        // One thread: the same data and seed give the same model.
                        NumberOfThreads = 1,
                    }
                )
            );
        var model = pipeline.Fit(context.Data.LoadFromEnumerable(rows));
        return (context, model);
    }

    private static NgramExtractingEstimator Ngrams(
        TransformsCatalog.TextTransforms text,
        string output,
        string input
    ) =>
        text.ProduceNgrams(
            output,
            input,
            ngramLength: 2,
            useAllLengths: true,
            maximumNgramsCount: 500_000,
            weighting: NgramExtractingEstimator.WeightingCriteria.TfIdf
        );

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
