using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>Measures a candidate on what was held out, beside the model in force.</summary>
public sealed class ModelJudge(ModelShelf shelf, CategoryMap changes, RetrainingOptions options)
{
    /// <summary>
    /// Compares the two on the same submissions. What the model in force was trained on is left out of the comparison:
    /// it would win there by memory.
    /// </summary>
    /// <param name="candidate">The one that is to replace it.</param>
    /// <param name="heldOut">What was held out.</param>
    /// <param name="learntMatters">True where the candidate tells matters apart better.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<(Evaluation Quality, Comparison Comparison, int SeenBefore)> CompareAsync(
        TextClassifier candidate,
        IReadOnlyList<(string Id, LabelledText Text)> heldOut,
        bool learntMatters,
        CancellationToken cancellation
    )
    {
        var version = (await shelf.LineAsync(cancellation))[0];
        var inForce = await shelf.LoadAsync(version, cancellation);
        var seen = await shelf.TrainedOnAsync(version, cancellation);
        var judged = heldOut
            .Select(h => (h.Id, h.Text, Says: candidate.Predict(h.Text.Title, h.Text.Body)))
            .ToList();
        var quality = Evaluation.Of([
            .. judged.Select(j => (j.Says.Confidence, j.Says.Label, j.Text.Label)),
        ]);
        var answers = judged
            .Where(j => !seen.Contains(j.Id))
            .Select(j => (j.Id, j.Text.Label, j.Says.Label, Today(inForce, j.Text)))
            .ToList();
        return (
            quality,
            Gate.Compare(version, answers, learntMatters, options),
            judged.Count - answers.Count
        );
    }

    // A label that is none today is wrong whatever was meant.
    private string Today(TextClassifier model, LabelledText text)
    {
        var label = model.Predict(text.Title, text.Body).Label;
        return changes.TodaysLabel(label, model.Card.TrainedAt) ?? label;
    }
}
