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
        // What a person has said stands, and what followed from it then; below what a file says nothing followed yet.
        if (submission.ModelVersion == "person")
            return submission is { Status: SubmissionStatus.Received, Finer: null }
                ? Refine(submission)
                : submission with
                {
                    Office = county.OfficeFor(submission.SureCategory),
                };

        var codes = Today().Codes;
        var prediction = model.Predict(submission.Title, submission.Body);
        var category = codes[prediction.Label];
        var judged = submission with
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
            ModelVersion = version,
            NeedsReview =
                category is null
                || prediction.Confidence < Threshold
                // Unlike anything it was taught: its confidence says little.
                || prediction.IsNovel
                || submission.Notices.Count > 0,
        };
        // Of a text unlike anything it was taught its confidence says little.
        return Refine(judged, decides: !prediction.IsNovel);
    }

    /// <summary>All second-level categories below a first-level one, the most probable first, those it does not know last.</summary>
    /// <returns>Codes; the probability is null where the model does not know the category.</returns>
    public IReadOnlyList<(string Code, double? Confidence)> Below(
        string first,
        string title,
        string body
    ) => Today().Finer.Below(first, title, body);

    /// <summary>The submission with what the model says below its category, whoever decided that, and its office.</summary>
    /// <param name="submission">The submission; what a person has said of the second level holds.</param>
    /// <param name="decides">False where the model's word below the category is a suggestion, however sure it is.</param>
    public Submission Refine(Submission submission, bool decides = true)
    {
        var guess = submission switch
        {
            { Category: null } => null,
            { Category: { Length: > 2 } said, ModelVersion: "person" } => new(said, 1, true),
            { Category: { } first } => Today()
                .Finer.Of(first[..2], submission.Title, submission.Body)
                is { } found
                ? found with
                {
                    Sure = found.Sure && decides,
                }
                : null,
        };
        var refined = submission with { Finer = guess };
        return refined with { Office = county.OfficeFor(refined.SureCategory) };
    }

    // Worked out anew when the county has changed: whoever changes it need not know which classifiers there are, and one
    // that is promoted at the same moment cannot be left with old codes.
    private Meaning Today()
    {
        var state = changes?.State ?? county.State;
        if (meaning is { } known && ReferenceEquals(known.Of, state))
            return known;
        return meaning = new(
            state,
            model.Card.Labels.ToDictionary(
                label => label,
                label =>
                    changes is null
                        ? county.CategoryNamed(label)?.Code
                        : changes.Today(label, model.Card.TrainedAt)
            ),
            new(model, county, changes)
        );
    }

    private sealed record Meaning(object Of, Dictionary<string, string?> Codes, FinerGuesses Finer);
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
