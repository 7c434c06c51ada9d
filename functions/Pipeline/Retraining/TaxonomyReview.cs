using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>What one change of the taxonomy does.</summary>
/// <param name="Change">The change.</param>
/// <param name="Labels">Labels that it touches.</param>
public sealed record ChangeEffect(CategoryChange Change, int Labels);

/// <summary>What the changes of the taxonomy do to labels and models.</summary>
public sealed record TaxonomyPlan
{
    public IReadOnlyList<ChangeEffect> Changes { get; init; } = [];

    /// <summary>Labels that mean what they say.</summary>
    public int Unchanged { get; init; }

    /// <summary>Labels that are read as another category from now on.</summary>
    public int Mapped { get; init; }

    /// <summary>Labelled submissions that a person has to look at again: their category was split, or is none today.</summary>
    public IReadOnlyList<string> ToReview { get; init; } = [];

    /// <summary>Labelled submissions whose category code is to be changed.</summary>
    public IReadOnlyList<string> ToRewrite { get; init; } = [];

    /// <summary>Models that know a label that is none today: what they decide so goes to a person.</summary>
    public IReadOnlyList<string> ModelsAffected { get; init; } = [];

    /// <summary>First-level categories that nothing teaches yet: no label and no text of the corpus.</summary>
    public IReadOnlyList<string> Untaught { get; init; } = [];
}

/// <summary>
/// Carries a changed taxonomy through: renamed and merged categories are mapped, submissions of a split one go back to
/// review. Labels themselves stay as people gave them.
/// </summary>
public sealed class TaxonomyReview(
    IDocumentStore store,
    IMessageQueue queue,
    CountyDirectory county,
    CategoryMap changes,
    TrainingTexts texts,
    ModelDesk models
)
{
    /// <summary>The same for other categories, to ask before they hold.</summary>
    public TaxonomyReview If(CountyDirectory other, CategoryMap others) =>
        new(store, queue, other, others, texts.If(others), models);

    /// <summary>Says what would happen, and changes nothing.</summary>
    public async Task<TaxonomyPlan> PlanAsync(CancellationToken cancellation)
    {
        var labels = (await TrainingTexts.LabelsAsync(store, cancellation))
            .SelectMany(l => l)
            .ToList();
        var today = labels.ToLookup(l => changes.Today(l.Category, l.At));
        var (review, rewrite) = (new List<string>(), new List<string>());
        foreach (var labelled in labels.GroupBy(l => l.SubmissionId))
        {
            var last = labelled.MaxBy(l => l.At)!;
            var code = changes.Today(last.Category, last.At);
            if (code == last.Category)
                continue;
            if (await store.SubmissionAsync(labelled.Key, cancellation) is not { } submission)
                continue;
            if (code is null && !submission.NeedsReview)
                review.Add(labelled.Key);
            else if (code is not null && submission.Category != code)
                rewrite.Add(labelled.Key);
        }
        var taught = (await texts.CorpusAsync(cancellation)).Select(t => t.Label).ToHashSet();
        taught.UnionWith(
            labels.Select(l => changes.TodaysLabel(l.Category, l.At)).OfType<string>()
        );
        return new()
        {
            Changes =
            [
                .. changes.Changes.Select(c => new ChangeEffect(
                    c,
                    labels.Count(l => c.Covers(l.Category) && LocalTime.DayOf(l.At) < c.On)
                )),
            ],
            Unchanged = labels.Count(l => changes.Today(l.Category, l.At) == l.Category),
            Mapped = today
                .Where(g => g.Key is not null)
                .Sum(g => g.Count(l => l.Category != g.Key)),
            ToReview = review,
            ToRewrite = rewrite,
            ModelsAffected =
            [
                .. (await models.ListAsync(cancellation))
                    .Where(m =>
                        m.Card?.Labels.Any(l => changes.Today(l, m.Card.TrainedAt) is null) == true
                    )
                    .Select(m => m.Id),
            ],
            Untaught =
            [
                .. county
                    .Categories.Where(c => c.Level == 1 && !taught.Contains(c.Name))
                    .Select(c => c.Code),
            ],
        };
    }

    /// <summary>Does it; doing it again finds nothing left to do.</summary>
    /// <returns>What was done.</returns>
    public async Task<TaxonomyPlan> ApplyAsync(CancellationToken cancellation)
    {
        var plan = await PlanAsync(cancellation);
        foreach (var id in plan.ToReview)
            await ChangeAsync(id, s => s with { NeedsReview = true }, cancellation);
        foreach (var id in plan.ToRewrite)
        {
            var last = (await LatestAsync(id, cancellation))!;
            var code = changes.Today(last.Category, last.At)!;
            await ChangeAsync(
                id,
                s =>
                    s with
                    {
                        Category = code,
                        Finer = null,
                        Office = county.OfficeFor(code),
                        // Its issue counts anew.
                        Pending = QueueNames.Submissions,
                    },
                cancellation
            );
            await queue.SendAsync(QueueNames.Submissions, [id], TimeSpan.Zero, cancellation);
        }
        return plan;
    }

    private async Task<Label?> LatestAsync(string id, CancellationToken cancellation) =>
        await store
            .AllAsync(
                new Query<Label>(Containers.Labels, "bySubmission", Label.All) { Equal = [id] },
                cancellation
            )
            .FirstOrDefaultAsync(cancellation);

    private Task<Submission?> ChangeAsync(
        string id,
        Func<Submission, Submission> change,
        CancellationToken cancellation
    ) =>
        store.UpdateAsync(
            Containers.Submissions,
            SubmissionId.Partition(id),
            id,
            change,
            cancellation
        );
}
