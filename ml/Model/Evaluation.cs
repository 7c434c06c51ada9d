namespace OpinionPipeline.Model;

/// <summary>How good predictions are, for each label and in all.</summary>
public sealed record Evaluation(
    int Documents,
    double MacroF1,
    double Accuracy,
    double CalibrationError,
    IReadOnlyList<LabelQuality> PerClass,
    IReadOnlyList<ReliabilityBin> Reliability
)
{
    private const int Bins = 10;

    /// <summary>
    /// Compares predictions with what is right. Macro F1 is the mean over the labels that are right at least once; the
    /// expected calibration error weighs ten bins of equal width (Naeini et al. 2015).
    /// </summary>
    public static Evaluation Of(
        IReadOnlyList<(double Confidence, string Predicted, string Right)> judged
    )
    {
        if (judged.Count == 0)
            return new(0, 0, 0, 0, [], []);
        var perClass = judged
            .Select(j => j.Right)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(label =>
            {
                var hits = judged.Count(j => j.Predicted == label && j.Right == label);
                var predicted = judged.Count(j => j.Predicted == label);
                var support = judged.Count(j => j.Right == label);
                var precision = predicted == 0 ? 0 : (double)hits / predicted;
                var recall = (double)hits / support;
                return new LabelQuality(
                    label,
                    precision,
                    recall,
                    hits == 0 ? 0 : 2 * precision * recall / (precision + recall),
                    support
                );
            })
            .ToList();
        var bins = judged
            .GroupBy(j => Math.Min((int)(j.Confidence * Bins), Bins - 1))
            .OrderBy(bin => bin.Key)
            .Select(bin => new ReliabilityBin(
                bin.Count(),
                bin.Average(j => j.Confidence),
                bin.Average(j => j.Predicted == j.Right ? 1.0 : 0)
            ))
            .ToList();
        return new(
            judged.Count,
            perClass.Average(c => c.F1),
            judged.Average(j => j.Predicted == j.Right ? 1.0 : 0),
            bins.Sum(b => Math.Abs(b.Confidence - b.Accuracy) * b.Documents / judged.Count),
            perClass,
            bins
        );
    }
}

/// <summary>Precision, recall and F1 of one label, and how many texts have it.</summary>
public sealed record LabelQuality(
    string Label,
    double Precision,
    double Recall,
    double F1,
    int Support
);

/// <summary>Of the texts in one bin of confidence: how many, their mean confidence, and the share that is right.</summary>
public sealed record ReliabilityBin(int Documents, double Confidence, double Accuracy);
