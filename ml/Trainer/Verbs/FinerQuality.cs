using System.Diagnostics;
using OpinionPipeline.Model;

namespace OpinionPipeline.Trainer.Verbs;

/// <summary>How well a model says the second level below the right first level.</summary>
/// <param name="Documents">Texts with a second level below a label of which the model knows one.</param>
/// <param name="Accuracy">Share of them that it says rightly.</param>
/// <param name="TopThree">The same where the three most probable are looked at.</param>
/// <param name="Decided">Share of which it is sure.</param>
/// <param name="DecidedAccuracy">Share of those that are right.</param>
/// <param name="SinglyPerSecond">Second levels said a second, one after the other.</param>
internal sealed record FinerQuality(
    int Documents,
    double Accuracy,
    double TopThree,
    double Decided,
    double DecidedAccuracy,
    double SinglyPerSecond
)
{
    /// <summary>Null where no text says its second level.</summary>
    public static FinerQuality? Of(TextClassifier model, IReadOnlyList<LabelledText> texts)
    {
        var watch = Stopwatch.StartNew();
        var said = texts
            .Where(t => t.Second is not null)
            .Select(t => (Right: t.Second!, Says: model.PredictFiner(t.Label, t.Title, t.Body)))
            .Where(t => t.Says is not null)
            .Select(t => (t.Right, Says: t.Says!))
            .ToList();
        var seconds = watch.Elapsed.TotalSeconds;
        if (said.Count == 0)
            return null;
        var sure = said.Where(s => s.Says.Confidence >= model.Card.FinerThreshold).ToList();
        return new(
            said.Count,
            Share(said, s => s.Says.Label == s.Right),
            Share(
                said,
                s =>
                    s.Says.Label == s.Right
                    || s.Says.Alternatives.Take(2).Any(a => a.Label == s.Right)
            ),
            Math.Round((double)sure.Count / said.Count, 4),
            Share(sure, s => s.Says.Label == s.Right),
            Math.Round(said.Count / seconds)
        );
    }

    private static double Share<T>(List<T> all, Func<T, bool> isSo) =>
        all.Count == 0 ? 0 : Math.Round(all.Average(a => isSo(a) ? 1.0 : 0), 4);
}
