using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Classification;

/// <summary>What a model says of the second level, in today's codes.</summary>
internal sealed class FinerGuesses
{
    private readonly TextClassifier model;
    private readonly CountyDirectory county;

    // For each first-level code the model's label, and today's codes of the labels below it.
    private readonly Dictionary<string, (string Label, Dictionary<string, string> Codes)> known =
    [];

    public FinerGuesses(TextClassifier model, CountyDirectory county, CategoryMap? changes)
    {
        (this.model, this.county) = (model, county);
        var map = changes ?? new(county, []);
        var at = model.Card.TrainedAt;
        foreach (var card in model.Card.Finer)
        {
            if (map.Today(card.Label, at) is not { } first)
                continue;
            var codes = card
                .Labels.Select(l => (Label: l, Code: map.TodayBelow(card.Label, l, at)))
                // What moved to another category is no longer below this one.
                .Where(l => l.Code?.StartsWith(first, StringComparison.Ordinal) == true)
                .ToDictionary(l => l.Label, l => l.Code!);
            // Of two that were merged, the one that others were merged into.
            if (!known.ContainsKey(first) || county.Category(first)?.Name == card.Label)
                known[first] = (card.Label, codes);
        }
    }

    /// <summary>The most probable category below a first-level one; null where the model knows none that is one today.</summary>
    public FinerCategory? Of(string first, string title, string body)
    {
        if (Predict(first, title, body) is not var (prediction, codes))
            return null;
        return codes.TryGetValue(prediction.Label, out var code)
            ? new(
                code,
                Math.Round(prediction.Confidence, 4),
                prediction.Confidence >= model.Card.FinerThreshold
            )
            : null;
    }

    /// <summary>All categories below a first-level one, those that the model knows first, the most probable before others.</summary>
    public IReadOnlyList<(string Code, double? Confidence)> Below(
        string first,
        string title,
        string body
    )
    {
        var probable = new Dictionary<string, double>();
        if (Predict(first, title, body) is var (prediction, codes))
            foreach (
                var (label, confidence) in prediction.Alternatives.Prepend(
                    (prediction.Label, prediction.Confidence)
                )
            )
                if (codes.TryGetValue(label, out var code))
                    probable[code] = probable.GetValueOrDefault(code) + confidence;
        return
        [
            .. county
                .Categories.Where(c => c.Level == 2 && c.Parent == first)
                .Select(c =>
                    (
                        c.Code,
                        Confidence: probable.TryGetValue(c.Code, out var p) ? p : (double?)null
                    )
                )
                .OrderByDescending(c => c.Confidence ?? -1),
        ];
    }

    private (Prediction Prediction, Dictionary<string, string> Codes)? Predict(
        string first,
        string title,
        string body
    ) =>
        known.TryGetValue(first, out var below)
        && model.PredictFiner(below.Label, title, body) is { } prediction
            ? (prediction, below.Codes)
            : null;
}
