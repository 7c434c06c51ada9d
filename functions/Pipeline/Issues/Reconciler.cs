using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>
/// Puts right what many workers at once may leave: two issues founded on one matter within moments of each other, because
/// a search was answered by a replica that was behind; and issues that grew without being told anew. What a person has
/// merged or split stays as it is.
/// </summary>
public sealed class Reconciler(
    IDocumentStore store,
    MatterReader reader,
    IssueKeeper issues,
    Regrouper regrouper,
    TimeProvider time
)
{
    /// <summary>The name under which it merges.</summary>
    public const string Name = "reconciler";

    private const int Most = 2_000;

    /// <summary>Founders received further apart than this have seen each other.</summary>
    private static readonly TimeSpan Moments = TimeSpan.FromMinutes(2);

    /// <summary>Looks at what was received in the last so long.</summary>
    /// <returns>How many issues were merged.</returns>
    public async Task<int> ReconcileAsync(TimeSpan back, CancellationToken cancellation)
    {
        var recent = await RecentAsync(time.GetUtcNow() - back, cancellation);
        foreach (
            var joined in recent
                .Where(s => s.IssueId != "I" + s.Id)
                .Select(s => s.IssueId!)
                .Distinct()
        )
            if (
                await issues.FindAsync(joined, cancellation) is { } issue
                && issue.Described != issue.Count
            )
                await issues.RefreshAsync(issue.Id, null, cancellation);

        var merged = 0;
        foreach (var (earlier, later) in Twins([.. recent.Where(s => s.IssueId == "I" + s.Id)]))
            merged += await MergeAsync(later.IssueId!, earlier.IssueId!, cancellation) ? 1 : 0;
        return merged;
    }

    private async Task<List<Submission>> RecentAsync(
        DateTimeOffset since,
        CancellationToken cancellation
    )
    {
        var recent = new List<Submission>();
        foreach (var month in Months.Back(time.GetUtcNow(), months: 2))
        await foreach (
            var submission in store.AllAsync(
                new Query<Submission>(Containers.Submissions, "recent", month)
                {
                    From = since,
                    MayLag = true,
                    Limit = 500,
                },
                cancellation
            )
        )
        {
            if (submission is { Status: SubmissionStatus.Processed, IssueId: not null })
                recent.Add(submission);
            if (recent.Count == Most)
                return recent;
        }
        return recent;
    }

    // Pairs that share a key, were received within moments, and are the same matter.
    private IEnumerable<(Submission Earlier, Submission Later)> Twins(List<Submission> founders)
    {
        var byKey = new Dictionary<string, List<(Submission Submission, MatterText Text)>>();
        foreach (
            var founder in founders
                .OrderBy(f => f.ReceivedAt)
                .ThenBy(f => f.Id, StringComparer.Ordinal)
        )
        {
            var text = reader.Read(founder.Id, founder.Title, founder.Body, founder.Place);
            string[] keys = [.. CandidateKeys.Places(text), .. CandidateKeys.Terms(text)];
            var twin = keys.SelectMany(k => byKey.GetValueOrDefault(k) ?? [])
                .Where(o => founder.ReceivedAt - o.Submission.ReceivedAt <= Moments)
                .DistinctBy(o => o.Submission.Id)
                .FirstOrDefault(o =>
                    MatterSimilarity
                        .Compare(text, o.Text, founder.Category == o.Submission.Category)
                        .Matter >= MatterSimilarity.SameMatter
                );
            if (twin.Submission is not null)
                yield return (twin.Submission, founder);
            foreach (var key in keys)
            {
                if (!byKey.TryGetValue(key, out var under))
                    byKey.Add(key, under = []);
                under.Add((founder, text));
            }
        }
    }

    private async Task<bool> MergeAsync(string from, string into, CancellationToken cancellation)
    {
        var source = await issues.FindAsync(from, cancellation);
        var target = await issues.FindAsync(into, cancellation);
        if (
            source is null
            || target is null
            || source.Id == target.Id
            || source.Regroupings.Count > 0
            || target.Regroupings.Any(r => r.By != Name)
        )
            return false;
        return (await regrouper.MergeAsync(source.Id, target.Id, Name, cancellation)).IsOk;
    }
}
