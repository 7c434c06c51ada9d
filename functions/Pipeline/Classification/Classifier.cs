using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Classification;

/// <summary>The model in force, speaking the county's category codes. Replaced as a whole when another is promoted.</summary>
/// <param name="model">The model.</param>
/// <param name="version">Its version.</param>
/// <param name="county">The county.</param>
/// <param name="changes">
/// What the labels of a model that is older than a change of the taxonomy mean today; null where there were none.
/// </param>
public sealed class Classifier(
    TextClassifier model,
    string version,
    CountyDirectory county,
    CategoryMap? changes = null
)
{
    private volatile Meaning? meaning;

    /// <summary>The version every item judged by it records.</summary>
    public string Version => version;

    /// <summary>The model itself.</summary>
    public TextClassifier Model => model;

    /// <summary>Below this confidence a person decides.</summary>
    public double Threshold => model.Card.Threshold;

    /// <summary>The submission with category, confidence, alternatives and office.</summary>
    public Submission Judge(Submission submission)
    {
        // What a person has said stands.
        if (submission.ModelVersion == "person")
            return submission with { Office = county.OfficeFor(submission.Category) };

        var codes = Codes();
        var prediction = model.Predict(submission.Title, submission.Body);
        var category = codes[prediction.Label];
        return submission with
        {
            Category = category,
            Confidence = Math.Round(prediction.Confidence, 4),
            Alternatives =
            [
                .. prediction
                    .Alternatives.Take(3)
                    .Select(a =>
                        codes[a.Label] is { } code
                            ? new CategoryGuess(code, Math.Round(a.Confidence, 4))
                            : null
                    )
                    .OfType<CategoryGuess>(),
            ],
            Office = county.OfficeFor(category),
            ModelVersion = version,
            NeedsReview =
                category is null
                || prediction.Confidence < Threshold
                // Unlike anything it was taught: its confidence says little.
                || prediction.IsNovel
                || submission.Notices.Count > 0,
        };
    }

    // Worked out anew when the county has changed: whoever changes it need not know which classifiers there are, and one
    // that is promoted at the same moment cannot be left with old codes.
    private Dictionary<string, string?> Codes()
    {
        var state = changes?.State ?? county.State;
        if (meaning is { } known && ReferenceEquals(known.Of, state))
            return known.Codes;
        var codes = model.Card.Labels.ToDictionary(
            label => label,
            label =>
                changes is null
                    ? county.CategoryNamed(label)?.Code
                    : changes.Today(label, model.Card.TrainedAt)
        );
        meaning = new(state, codes);
        return codes;
    }

    private sealed record Meaning(object Of, Dictionary<string, string?> Codes);
}

/// <summary>Holds the classifier in force, so that a promotion reaches every worker of the process at once.</summary>
public sealed class CurrentClassifier(Classifier classifier)
{
    private Classifier current = classifier;

    /// <summary>The classifier in force.</summary>
    public Classifier Value
    {
        get => Volatile.Read(ref current);
        set => Volatile.Write(ref current, value);
    }
}
