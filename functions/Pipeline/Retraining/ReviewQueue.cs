using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>
/// The submissions most worth a label: those the model is least sure between, of every category, nothing twice. Margin
/// sampling (Scheffer et al. 2001), spread so that an afternoon's labels are not all of one matter.
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

        // Round by round the least sure of every category.
        var ranked = waiting
            .Where(s => s.DuplicateOf is null && s.SplitInto.Count == 0)
            .GroupBy(s => s.Category)
            .SelectMany(g => g.OrderBy(Margin).Index())
            .OrderBy(s => s.Index)
            .ThenBy(s => Margin(s.Item))
            .ThenBy(s => s.Item.Id, StringComparer.Ordinal);
        var chosen = new List<Submission>();
        var near = new NearDuplicates();
        foreach (var (_, submission) in ranked)
        {
            if (chosen.Count == count)
                break;
            if (!near.IsRepeated(submission.Title, submission.Body))
                chosen.Add(submission);
        }
        return chosen;
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
