using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>
/// Pairs of submissions that people have decided on by merging and splitting issues: what they left or put together is one
/// matter, what they took apart is two. Only what still stands counts: what was undone says nothing.
/// </summary>
public sealed class MatterDecisions(
    IDocumentStore store,
    IssueKeeper issues,
    UsedMonths months,
    CurrentPlaces places
)
{
    private const int MostIssues = 500;

    /// <summary>Of a large issue some members stand for all, and some pairs of them: no issue is to outweigh the others.</summary>
    private const int MostMembers = 8;
    private const int MostPairs = 12;

    /// <summary>The pairs by their numbers, of the newest issues first; the same store gives the same pairs.</summary>
    public async Task<IReadOnlyList<JudgedPair>> PairsAsync(
        Language language,
        CancellationToken cancellation
    )
    {
        var regrouped = await RegroupedAsync(cancellation);
        var groups = new Dictionary<string, int>();
        var reader = new MatterReader(places.Finder, () => language);
        var pairs = new List<JudgedPair>();
        foreach (var issue in regrouped.Values)
        {
            var origin = OriginOf(issue, regrouped);
            if (!groups.TryGetValue(origin, out var group))
                groups[origin] = group = groups.Count;
            var random = new Random(group);
            var members = await MembersAsync(issue, random, cancellation);
            foreach (var (a, b) in Draw(members, members, random))
                pairs.Add(Pair(a, b, same: true, group));
            foreach (var split in issue.Regroupings.Where(r => r.Kind == "split" && r.IsByPerson))
            {
                var apart = await ApartAsync(split, issue, random, cancellation);
                foreach (var (a, b) in Draw(members, apart, random))
                    pairs.Add(Pair(a, b, same: false, group));
            }
        }
        return pairs;

        JudgedPair Pair(Submission a, Submission b, bool same, int group) =>
            new(
                new PairFeatures(
                    reader.Read(a.Id, a.Title, a.Body, a.Place),
                    reader.Read(b.Id, b.Title, b.Body, b.Place),
                    a.Category == b.Category
                ).Numbers(),
                same,
                group
            );
    }

    private async Task<OrderedDictionary<string, Issue>> RegroupedAsync(
        CancellationToken cancellation
    )
    {
        var found = new OrderedDictionary<string, Issue>();
        await foreach (var issue in months.IssuesAsync("byRegrouped", cancellation))
        {
            if (found.Count == MostIssues)
                return found;
            found.TryAdd(issue.Id, issue);
        }
        return found;
    }

    // What was split off hangs together with what it was split from: a model that is tried on one was not taught the other.
    private static string OriginOf(Issue issue, OrderedDictionary<string, Issue> all)
    {
        var seen = new HashSet<string>();
        while (
            seen.Add(issue.Id)
            && issue.Regroupings.FirstOrDefault(r => r.Kind == "splitFrom") is { } from
            && all.TryGetValue(from.Other, out var before)
        )
            issue = before;
        return issue.Id;
    }

    // A copy and its original say nothing that is not known.
    private async Task<List<Submission>> MembersAsync(
        Issue issue,
        Random random,
        CancellationToken cancellation
    )
    {
        var members = (await issues.MembersAsync(issue.Id, cancellation))
            .Where(m => m.DuplicateOf is null)
            .Select(m => m.Id)
            .ToArray();
        random.Shuffle(members);
        return await SubmissionsAsync(members.Take(MostMembers), cancellation);
    }

    // Those whom somebody brought back since are not apart.
    private async Task<List<Submission>> ApartAsync(
        Regrouping split,
        Issue from,
        Random random,
        CancellationToken cancellation
    )
    {
        var members = split.Members.ToArray();
        random.Shuffle(members);
        var now = await SubmissionsAsync(members.Take(MostMembers), cancellation);
        return [.. now.Where(s => s.IssueId != from.Id)];
    }

    private async Task<List<Submission>> SubmissionsAsync(
        IEnumerable<string> ids,
        CancellationToken cancellation
    )
    {
        var found = new List<Submission>();
        foreach (var id in ids)
            if (await store.SubmissionAsync(id, cancellation) is { } submission)
                found.Add(submission);
        return found;
    }

    private static IEnumerable<(Submission A, Submission B)> Draw(
        List<Submission> some,
        List<Submission> others,
        Random random
    )
    {
        var pairs = some.SelectMany(a => others.Select(b => (a, b)))
            .Where(p => some != others || string.CompareOrdinal(p.a.Id, p.b.Id) < 0)
            .ToArray();
        random.Shuffle(pairs);
        return pairs.Take(MostPairs);
    }
}
