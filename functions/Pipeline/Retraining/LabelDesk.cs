using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>
/// Takes what people say a submission's category is. The submission follows at once; what the model had said stays with
/// the label, and people who disagree stay side by side.
/// </summary>
public sealed class LabelDesk(
    IDocumentStore store,
    IMessageQueue queue,
    CountyDirectory county,
    CurrentClassifier classifier,
    TimeProvider time
)
{
    /// <summary>Sets a label down and lets the submission follow it. Doing it twice does no harm.</summary>
    /// <param name="submissionId">The submission.</param>
    /// <param name="category">A category's code of any level, or a first-level category's Chinese name.</param>
    /// <param name="source">On what occasion; null for a review where the submission waits for one, else a correction.</param>
    /// <param name="by">The account of who says so.</param>
    /// <param name="cancellation">Stops it between two writes.</param>
    /// <returns>All labels of the submission, this one included, the newest first.</returns>
    public async Task<Result<IReadOnlyList<Label>>> LabelAsync(
        string? submissionId,
        string? category,
        LabelSource? source,
        string by,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(submissionId))
            return Required("submissionId", "缺少来件编号。", "The submission is missing.");
        if (string.IsNullOrWhiteSpace(category))
            return Required("category", "缺少类别。", "The category is missing.");
        if ((county.Category(category) ?? county.CategoryNamed(category))?.Code is not { } code)
            return new Rejection(
                "category.unknown",
                "category",
                $"没有类别 {category}。",
                $"There is no category {category}."
            );
        var submission = await store.SubmissionAsync(submissionId, cancellation);
        if (submission is null)
            return new Rejection(
                "submission.unknown",
                "submissionId",
                $"没有来件 {submissionId}。",
                $"There is no submission {submissionId}."
            )
            {
                Status = 404,
            };

        // The label first: where a crash comes between the two, the sender was not answered and sends it again.
        var all = await WriteAsync(submission, code, source, by, cancellation);
        await FollowAsync(submission, code, source, cancellation);
        return Result<IReadOnlyList<Label>>.Of(all);
    }

    /// <summary>The labels of a submission, the newest first.</summary>
    public async Task<IReadOnlyList<Label>> OfAsync(
        string submissionId,
        CancellationToken cancellation
    ) =>
        await store
            .AllAsync(
                new Query<Label>(Containers.Labels, "bySubmission", Label.All)
                {
                    Equal = [submissionId],
                },
                cancellation
            )
            .ToListAsync(cancellation);

    /// <summary>A page of labels, the newest first; those alone that others contradict, or do not, where that is asked.</summary>
    /// <exception cref="ArgumentException"><paramref name="after"/> is no place that an earlier page gave.</exception>
    /// <exception cref="FormatException">The same.</exception>
    public Task<Page<Label>> ListAsync(
        bool? disagreed,
        string? after,
        int limit,
        CancellationToken cancellation
    )
    {
        var query = disagreed is { } wanted
            ? new Query<Label>(Containers.Labels, "byDisagreed", Label.All) { Equal = [wanted] }
            : new Query<Label>(Containers.Labels, "recent", Label.All);
        return store.QueryAsync(query with { After = after, Limit = limit }, cancellation);
    }

    /// <summary>True where two categories exclude each other: neither contains the other.</summary>
    public static bool Differ(string a, string b) =>
        !a.StartsWith(b, StringComparison.Ordinal) && !b.StartsWith(a, StringComparison.Ordinal);

    private async Task<IReadOnlyList<Label>> WriteAsync(
        Submission submission,
        string code,
        LabelSource? source,
        string by,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var before = await OfAsync(submission.Id, cancellation);
        var id = $"{submission.Id}~{SubmissionId.Hash(by, 16)}";
        var own = before.FirstOrDefault(l => l.Id == id);
        // Once a person has spoken, the submission no longer says what the model did: the first label does.
        var said = own ?? (before.Count > 0 ? before[^1] : null);
        var byModel = submission.ModelVersion != "person";
        await store.WriteAsync(
            Containers.Labels.Put(
                new Label
                {
                    Id = id,
                    SubmissionId = submission.Id,
                    Category = code,
                    By = by,
                    At = now,
                    FirstAt = own?.FirstAt ?? now,
                    Source =
                        source
                        ?? own?.Source
                        ?? (submission.NeedsReview ? LabelSource.Review : LabelSource.Correction),
                    ModelCategory = byModel ? submission.Category : said?.ModelCategory,
                    ModelConfidence = byModel ? submission.Confidence : said?.ModelConfidence ?? 0,
                    ModelVersion = byModel ? submission.ModelVersion : said?.ModelVersion,
                }
            ),
            cancellation
        );

        // Own label first, then look at the others': of two at the same moment at least one sees the other.
        var all = await OfAsync(submission.Id, cancellation);
        var marked = new List<Label>();
        foreach (var label in all)
        {
            var disagreed = all.Any(o => Differ(o.Category, label.Category));
            marked.Add(
                await store.UpdateAsync(
                    Containers.Labels,
                    Label.All,
                    label.Id,
                    l => l.Disagreed == disagreed ? l : l with { Disagreed = disagreed },
                    cancellation
                ) ?? label
            );
        }
        return marked;
    }

    private async Task FollowAsync(
        Submission submission,
        string code,
        LabelSource? source,
        CancellationToken cancellation
    )
    {
        var recounts = false;
        await store.UpdateAsync(
            Containers.Submissions,
            submission.Partition,
            submission.Id,
            s =>
            {
                // Where the person says another category than the model, or sends on what was handed back, it goes where
                // the person sends it: what the model says below that is a suggestion.
                var agreed = s.Category is { } before && before[..2] == code[..2];
                var said = classifier.Value.Refine(
                    s with
                    {
                        Category = code,
                        Confidence = 1,
                        Alternatives = [],
                        ModelVersion = "person",
                        NeedsReview = false,
                    },
                    decides: agreed && source != LabelSource.Handback
                );
                recounts = s.Category != code || s.SureCategory != said.SureCategory;
                return said with { Pending = recounts ? QueueNames.Submissions : s.Pending };
            },
            cancellation
        );
        if (recounts)
            await queue.SendAsync(
                QueueNames.Submissions,
                [submission.Id],
                TimeSpan.Zero,
                cancellation
            );
    }

    private static Rejection Required(string field, string zh, string en) =>
        new($"{field}.required", field, zh, en);
}
