using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>
/// Joins issues that turn out to be one: founded on one matter within moments of each other, because a search was answered
/// by a replica that was behind; or begun in different words, until somebody came who resembles both. Tells issues anew
/// that grew. What a person has merged, split, answered or reported stays as it is.
/// </summary>
public sealed class Reconciler(
    IDocumentStore store,
    MatterReader reader,
    MatterSimilarity similarity,
    IssueKeeper issues,
    Regrouper regrouper,
    TimeProvider time
)
{
    /// <summary>The name under which it merges.</summary>
    public const string Name = "reconciler";

    private const int Most = 10_000;

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
            merged +=
                await issues.FindAsync(later.IssueId!, cancellation) is { } from
                && await issues.FindAsync(earlier.IssueId!, cancellation) is { } into
                && await MergeAsync(from, into, cancellation)
                    ? 1
                    : 0;
        foreach (var bridge in recent.Where(s => s.Attachment?.AlsoLike is not null))
            merged += await BridgeAsync(bridge, cancellation) ? 1 : 0;
        return merged;
    }

    // The issues of the two that it resembles are one, unless their founders have nothing in common.
    private async Task<bool> BridgeAsync(Submission bridge, CancellationToken cancellation)
    {
        var other = await store.SubmissionAsync(bridge.Attachment!.AlsoLike!, cancellation);
        if (
            other?.IssueId is null
            || await issues.FindAsync(bridge.IssueId!, cancellation) is not { } one
            || await issues.FindAsync(other.IssueId, cancellation) is not { } two
            || await store.SubmissionAsync(one.Founder, cancellation) is not { } first
            || await store.SubmissionAsync(two.Founder, cancellation) is not { } second
            || similarity
                .Compare(Read(first), Read(second), first.Category == second.Category)
                .Matter < MatterSimilarity.LeastLikeFounder
        )
            return false;
        // The earlier number stays, so that nobody who does the same at the same time goes the other way.
        return (first.ReceivedAt, first.Id).CompareTo((second.ReceivedAt, second.Id)) < 0
            ? await MergeAsync(two, one, cancellation)
            : await MergeAsync(one, two, cancellation);
    }

    private MatterText Read(Submission submission) =>
        reader.Read(submission.Id, submission.Title, submission.Body, submission.Place);

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
            var text = Read(founder);
            string[] keys = [.. CandidateKeys.Places(text), .. CandidateKeys.Terms(text)];
            var twin = keys.SelectMany(k => byKey.GetValueOrDefault(k) ?? [])
                .Where(o => founder.ReceivedAt - o.Submission.ReceivedAt <= Moments)
                .DistinctBy(o => o.Submission.Id)
                .FirstOrDefault(o =>
                    similarity
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

    private async Task<bool> MergeAsync(
        Issue source,
        Issue target,
        CancellationToken cancellation
    ) =>
        source.Id != target.Id
        && source.Replies.Count == 0
        && source.ReportId is null
        && !await DecidedAsync(source, cancellation)
        && !await DecidedAsync(target, cancellation)
        && (await regrouper.MergeAsync(source.Id, target.Id, Name, cancellation)).IsOk;

    // A person had a hand in what belongs to it, or where it goes; a merge taken back leaves its founder put by a person.
    private async Task<bool> DecidedAsync(Issue issue, CancellationToken cancellation) =>
        issue.RoutedAt is not null
        || issue.HandBacks.Count > 0
        || issue.Regroupings.Any(r => r.By != Name)
        || await store.ReadAsync(Containers.Members, issue.Id, issue.Founder, cancellation)
            is { Document.Pinned: true };
}
