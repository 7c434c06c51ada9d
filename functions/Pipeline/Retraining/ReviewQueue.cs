using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>
/// The submissions most worth a label: those the model is least sure between, nothing twice (see
/// <see cref="LabellingOrder"/>).
/// </summary>
public sealed class ReviewQueue(IDocumentStore store, TimeProvider time)
{
    /// <summary>Submissions given at once, at most.</summary>
    public const int Most = 100;

    // The newest of each month: what is older than a quarter says little of what comes.
    private const int MonthsBack = 3;
    private const int MostAMonth = 500;

    /// <summary>At most <paramref name="count"/> submissions that wait for a person, the most worthwhile first.</summary>
    public async Task<IReadOnlyList<Submission>> NextAsync(
        int count,
        CancellationToken cancellation
    )
    {
        var waiting = new List<Submission>();
        foreach (var month in Months.Back(time.GetUtcNow(), MonthsBack))
        {
            var page = await store.QueryAsync(
                new Query<Submission>(Containers.Submissions, "needsReview", month)
                {
                    Equal = [true],
                    Limit = MostAMonth,
                    MayLag = true,
                },
                cancellation
            );
            waiting.AddRange(page.Items.Select(s => s.Document));
        }

        var ranked = waiting
            .Where(s => s.DuplicateOf is null && s.SplitInto.Count == 0)
            .OrderBy(s => s.Id, StringComparer.Ordinal)
            .ToList();
        return
        [
            .. LabellingOrder
                .Choose([.. ranked.Select(s => new Unlabelled(s.Title, s.Body, Margin(s)))], count)
                .Select(i => ranked[i]),
        ];
    }

    /// <summary>
    /// How much surer the model is of its first guess than of its second, 0 to 1; 0 where a person had decided and has to
    /// look again.
    /// </summary>
    public static double Margin(Submission submission) =>
        submission.ModelVersion == "person"
            ? 0
            : submission.Confidence
                - (submission.Alternatives.Count > 0 ? submission.Alternatives[0].Confidence : 0);
}
