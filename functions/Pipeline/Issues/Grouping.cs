using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>Where a submission belongs: the issue, what it repeats, why, and the kind of matter where it founds an issue.</summary>
public sealed record Placement(
    string IssueId,
    string? DuplicateOf,
    Attachment Attachment,
    string? KindId
);

/// <summary>
/// Finds a submission's place among the others by its fingerprint: the same submission again, the same matter, or the
/// same kind of matter elsewhere. Reads a bounded number of candidates, however many are stored.
/// </summary>
public sealed class Grouping(IDocumentStore store, MatterReader reader, TimeProvider time)
{
    private const int MostRepetitions = 40;
    private const int MostCandidates = 120;

    /// <summary>The place, or null while an earlier candidate is still being worked on and it may wait for that.</summary>
    public async Task<Placement?> PlaceAsync(
        Fingerprint own,
        MatterText text,
        bool mayWait,
        CancellationToken cancellation
    )
    {
        var repetition = await DuplicateAsync(own, text, cancellation);
        if (repetition is { } unplaced && unplaced.Earlier.IssueId is null && mayWait)
            return null;
        if (repetition is { Earlier.IssueId: not null } found)
        {
            var original = found.Earlier.DuplicateOf ?? found.Earlier.Id;
            return new(
                found.Earlier.IssueId,
                original,
                Explain(text, found.Text, found.Earlier.Id, found.Score, "duplicate"),
                null
            );
        }

        var near = await CompareAsync(own, text, cancellation);
        var matter = near.Where(n => n.Similarity.Matter >= MatterSimilarity.SameMatter)
            .OrderByDescending(n => n.Similarity.Matter)
            .ThenBy(n => n.Other.Id, StringComparer.Ordinal)
            .ToList();
        if (matter.Count > 0)
        {
            if (matter[0].Other.IssueId is null && mayWait)
                return null;
            var best = matter
                .Where(n => n.Other.IssueId is not null)
                .GroupBy(n => n.Other.IssueId!)
                .Select(g => (Issue: g.Key, Score: Linkage(g.Key, near), Best: g.First()))
                .OrderByDescending(g => g.Score)
                .ThenBy(g => g.Issue, StringComparer.Ordinal)
                .FirstOrDefault();
            if (best.Score >= MatterSimilarity.SameMatter * 0.8)
                return new(
                    best.Issue,
                    null,
                    Explain(
                        text,
                        best.Best.Text,
                        best.Best.Other.Id,
                        best.Best.Similarity.Matter,
                        "same-matter"
                    ),
                    null
                );
        }

        var issueId = "I" + own.Id;
        var kind = near.Where(n =>
                n.Similarity.Elsewhere
                && n.Similarity.Kind >= MatterSimilarity.SameKind
                && n.Other.IssueId is not null
            )
            .OrderByDescending(n => n.Similarity.Kind)
            .ThenBy(n => n.Other.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        return new(
            issueId,
            null,
            new Attachment(null, 1, [], [], "founder"),
            kind is null ? null : await KindOfAsync(kind.Other.IssueId!, cancellation)
        );
    }

    // The mean of its three likest members, so that one chance likeness does not chain two matters together.
    private static double Linkage(string issue, IReadOnlyList<Neighbour> near) =>
        near.Where(n => n.Other.IssueId == issue)
            .Select(n => n.Similarity.Matter)
            .OrderDescending()
            .Take(3)
            .Average();

    private async Task<(Fingerprint Earlier, MatterText Text, double Score)?> DuplicateAsync(
        Fingerprint own,
        MatterText text,
        CancellationToken cancellation
    )
    {
        var candidates = await CandidatesAsync(
            own,
            CandidateKeys.Repetition(text),
            MostRepetitions,
            cancellation
        );
        return candidates
            .Where(c => Earlier(c, own))
            .Select(c =>
            {
                var other = reader.Read(c.Id, c.Title, c.Body, c.Place);
                var twoPeople =
                    own.Signature is not null
                    && c.Signature is not null
                    && own.Signature != c.Signature;
                return (
                    Earlier: c,
                    Text: other,
                    Score: DuplicateCheck.Score(text, other, twoPeople)
                );
            })
            .Where(c => c.Score is not null)
            .OrderByDescending(c => c.Score)
            .ThenBy(c => c.Earlier.ReceivedAt)
            .ThenBy(c => c.Earlier.Id, StringComparer.Ordinal)
            .Select(c => ((Fingerprint, MatterText, double)?)(c.Earlier, c.Text, c.Score!.Value))
            .FirstOrDefault();
    }

    private async Task<List<Neighbour>> CompareAsync(
        Fingerprint own,
        MatterText text,
        CancellationToken cancellation
    )
    {
        var near = new List<Neighbour>();
        foreach (
            var other in await CandidatesAsync(
                own,
                CandidateKeys.Matter(text),
                MostCandidates,
                cancellation
            )
        )
        {
            // One that came later and is not placed yet will look for this one by itself.
            if (other.IssueId is null && !Earlier(other, own))
                continue;
            var read = reader.Read(other.Id, other.Title, other.Body, other.Place);
            near.Add(
                new(
                    other,
                    read,
                    MatterSimilarity.Compare(text, read, own.Category == other.Category)
                )
            );
        }
        return near;
    }

    private async Task<IReadOnlyList<Fingerprint>> CandidatesAsync(
        Fingerprint own,
        IReadOnlyList<string> keys,
        int most,
        CancellationToken cancellation
    )
    {
        var found = new List<Fingerprint>();
        var quarters = new[] { own.SaidAt, own.SaidAt.AddMonths(-3), own.SaidAt.AddMonths(3) }
            .Where(t =>
                CandidateKeys.Quarter(t).CompareTo(CandidateKeys.Quarter(time.GetUtcNow())) <= 0
            )
            .Select(CandidateKeys.Quarter)
            .Distinct();
        foreach (var quarter in quarters)
        {
            var page = await store.QueryAsync(
                new Query<Fingerprint>(Containers.Fingerprints, "byKey", quarter)
                {
                    AnyOf = keys,
                    Limit = most,
                },
                cancellation
            );
            found.AddRange(page.Items.Select(i => i.Document).Where(f => f.Id != own.Id));
        }
        return found;
    }

    private async Task<string> KindOfAsync(string issueId, CancellationToken cancellation)
    {
        var issue = await store.ReadAsync(
            Containers.Issues,
            Submissions.SubmissionId.Partition(issueId),
            issueId,
            cancellation
        );
        if (issue is null)
            return "K" + issueId;
        if (issue.Document.KindId is { } kind)
            return kind;
        var founded = "K" + issueId;
        await store.UpdateAsync(
            Containers.Issues,
            issue.Document.Partition,
            issueId,
            i => i.KindId is null ? i with { KindId = founded } : i,
            cancellation
        );
        await store.WriteAsync(
            Containers.Kinds.Create(KindMember.Of(issue.Document, founded)),
            cancellation
        );
        return founded;
    }

    private static Attachment Explain(
        MatterText a,
        MatterText b,
        string to,
        double score,
        string by
    ) =>
        new(
            to,
            Math.Round(score, 3),
            [
                .. a
                    .Places.Select(p => p.Canonical)
                    .Intersect(b.Places.Select(p => p.Canonical))
                    .Take(5),
            ],
            [.. a.Problem.TopShared(b.Problem, 5)],
            by
        );

    private static bool Earlier(Fingerprint a, Fingerprint b) =>
        a.ReceivedAt < b.ReceivedAt
        || a.ReceivedAt == b.ReceivedAt && string.CompareOrdinal(a.Id, b.Id) < 0;

    private sealed record Neighbour(Fingerprint Other, MatterText Text, Similarity Similarity);
}
