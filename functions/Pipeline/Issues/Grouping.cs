using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>Where a submission belongs: the issue, what it repeats, why, and the kind of matter where it founds an issue.</summary>
public sealed record Placement(
    string IssueId,
    string? DuplicateOf,
    Attachment Attachment,
    string? KindId
);

/// <summary>What was found: a place, or the earlier submission that has to be placed first.</summary>
/// <param name="Placement">The place; null where another comes first.</param>
/// <param name="First">The one that comes first.</param>
public sealed record Search(Placement? Placement, string? First);

/// <summary>
/// Finds a submission's place among the others by its fingerprint: the same submission again, the same matter, or the
/// same kind of matter elsewhere. Reads a bounded number of candidates, however many are stored.
/// </summary>
public sealed class Grouping(IDocumentStore store, MatterReader reader, MatterSimilarity similarity)
{
    /// <summary>Read of those that share a band; compared are those of them that share most.</summary>
    private const int MostByBands = 24;
    private const int MostRepetitions = 8;

    /// <summary>Of one place, and of other places with the same words: where many places have one trouble, the one must not
    /// be crowded out by the others.</summary>
    private const int MostAtPlace = 10;
    private const int MostByTerms = 8;

    /// <summary>The likest candidates, whose issues are looked up until one has one.</summary>
    private const int MostResolved = 2;

    /// <summary>How far apart two may have been said and still be the same submission again.</summary>
    private static readonly TimeSpan RepetitionWindow = TimeSpan.FromDays(120);

    /// <summary>
    /// How far apart two may have been said and still be one matter: of the truth set's pairs with a time 72% lie within
    /// 120 days, 88% within 400, which is how long fingerprints are kept.
    /// </summary>
    private static readonly TimeSpan MatterWindow = TimeSpan.FromDays(Fingerprint.DaysKept);

    private static readonly Container<Candidate> ToCompare =
        Containers.Fingerprints.As<Candidate>();

    /// <summary>The place, or what must be placed before.</summary>
    public async Task<Search> PlaceAsync(
        Fingerprint own,
        MatterText text,
        bool mayWait,
        CancellationToken cancellation
    )
    {
        if (await DuplicateAsync(own, text, cancellation) is { } repeated)
        {
            var earlier = await store.SubmissionAsync(repeated.Other.Id, cancellation);
            if (earlier?.IssueId is { } issue)
                return new(
                    new(
                        issue,
                        earlier.DuplicateOf ?? earlier.Id,
                        Explain(text, repeated.Text, earlier.Id, repeated.Score, "duplicate"),
                        null
                    ),
                    null
                );
            if (mayWait && earlier is not null)
                return new(null, earlier.Id);
        }

        var near = await CompareAsync(own, text, cancellation);
        if (await MatterAsync(own, text, near, mayWait, cancellation) is { } found)
            return found;
        return new(
            new(
                "I" + own.Id,
                null,
                new Attachment(null, 1, [], [], "founder"),
                await KindAsync(near, cancellation)
            ),
            null
        );
    }

    // The issue of the likest; null where none is like enough.
    private async Task<Search?> MatterAsync(
        Fingerprint own,
        MatterText text,
        List<Neighbour> near,
        bool mayWait,
        CancellationToken cancellation
    )
    {
        Placement? found = null;
        var likest = near.Where(n => n.Similarity.Matter >= MatterSimilarity.SameMatter)
            .OrderByDescending(n => n.Similarity.Matter)
            .ThenBy(n => n.Other.Id, StringComparer.Ordinal)
            .Take(MostResolved);
        foreach (var (other, read, likeness) in likest)
        {
            if (found is not null && likeness.Matter < MatterSimilarity.SameIssue)
                break;
            var placed = await store.SubmissionAsync(other.Id, cancellation);
            if (placed?.IssueId is { } issue)
            {
                if (
                    issue == found?.IssueId
                    || !await ResemblesFounderAsync(own, text, placed, cancellation)
                )
                    continue;
                if (found is null)
                    found = new(
                        issue,
                        null,
                        Explain(text, read, other.Id, likeness.Matter, "same-matter"),
                        null
                    );
                else
                    found = found with
                    {
                        Attachment = found.Attachment with { AlsoLike = other.Id },
                    };
            }
            // One that came later and is not placed yet will look for this one by itself.
            else if (found is null && mayWait && placed is not null && other.IsBefore(own))
                return new(null, other.Id);
        }
        return found is null ? null : new(found, null);
    }

    // Each like the one before, the last may have nothing to do with the first: whoever joins an issue must resemble, a
    // little, how it began. What a person put there may be told in wholly other words; whoever resembles that, joins.
    private async Task<bool> ResemblesFounderAsync(
        Fingerprint own,
        MatterText text,
        Submission member,
        CancellationToken cancellation
    )
    {
        if (member.Attachment?.By is not ("same-matter" or "duplicate"))
            return true;
        var founder = await store.SubmissionAsync(Issue.FounderOf(member.IssueId!), cancellation);
        if (founder is null || founder.Id == own.Id)
            return true;
        var began = reader.Read(founder.Id, founder.Title, founder.Body, founder.Place);
        return similarity.Compare(text, began, own.Category == founder.Category).Matter
            >= MatterSimilarity.LeastLikeFounder;
    }

    private async Task<(Fingerprint Other, MatterText Text, double Score)?> DuplicateAsync(
        Fingerprint own,
        MatterText text,
        CancellationToken cancellation
    )
    {
        // Read as last written: of two alike at the same moment at least one sees the other.
        var bands = CandidateKeys.Repetition(own);
        var candidates = await CandidatesAsync(
            Containers.Fingerprints,
            own,
            bands,
            MostByBands,
            RepetitionWindow,
            mayLag: false,
            cancellation
        );
        var asked = bands.ToHashSet();
        return candidates
            .Where(c => c.IsBefore(own))
            .OrderByDescending(c => c.Keys.Count(asked.Contains))
            .Take(MostRepetitions)
            .Select(c =>
            {
                var other = reader.Read(c.Id, c.Title, c.Body, c.Place);
                var twoPeople =
                    own.Signature is not null
                    && c.Signature is not null
                    && own.Signature != c.Signature;
                return (Other: c, Text: other, Score: DuplicateCheck.Score(text, other, twoPeople));
            })
            .Where(c => c.Score is not null)
            .OrderByDescending(c => c.Score)
            .ThenBy(c => c.Other.ReceivedAt)
            .ThenBy(c => c.Other.Id, StringComparer.Ordinal)
            .Select(c => ((Fingerprint, MatterText, double)?)(c.Other, c.Text, c.Score!.Value))
            .FirstOrDefault();
    }

    private async Task<List<Neighbour>> CompareAsync(
        Fingerprint own,
        MatterText text,
        CancellationToken cancellation
    )
    {
        var places = CandidateKeys.Places(text);
        var atPlace =
            places.Count == 0
                ? []
                : await CandidatesAsync(
                    ToCompare,
                    own,
                    places,
                    MostAtPlace,
                    MatterWindow,
                    mayLag: true,
                    cancellation
                );
        var byTerms = await CandidatesAsync(
            ToCompare,
            own,
            CandidateKeys.Terms(text),
            places.Count == 0 ? MostAtPlace + MostByTerms : MostByTerms,
            MatterWindow,
            mayLag: true,
            cancellation
        );
        return
        [
            .. atPlace
                .Concat(byTerms)
                .DistinctBy(o => o.Id)
                .Select(other =>
                {
                    var read = reader.Read(other.Id, other.Title, other.Body, other.Place);
                    return new Neighbour(
                        other,
                        read,
                        similarity.Compare(text, read, own.Category == other.Category)
                    );
                }),
        ];
    }

    private async Task<IEnumerable<T>> CandidatesAsync<T>(
        Container<T> container,
        Fingerprint own,
        IReadOnlyList<string> keys,
        int most,
        TimeSpan window,
        bool mayLag,
        CancellationToken cancellation
    )
        where T : Candidate
    {
        var page = await store.QueryAsync(
            new Query<T>(container, "byKey", own.Partition)
            {
                AnyOf = keys,
                From = own.SaidAt - window,
                To = own.SaidAt + window,
                Limit = most,
                MayLag = mayLag,
            },
            cancellation
        );
        return page.Items.Select(i => i.Document).Where(f => f.Id != own.Id);
    }

    private async Task<string?> KindAsync(List<Neighbour> near, CancellationToken cancellation)
    {
        var kind = near.Where(n =>
                n.Similarity.Elsewhere && n.Similarity.Kind >= MatterSimilarity.SameKind
            )
            .OrderByDescending(n => n.Similarity.Kind)
            .ThenBy(n => n.Other.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        if (
            kind is null
            || (await store.SubmissionAsync(kind.Other.Id, cancellation))?.IssueId
                is not { } issueId
        )
            return null;
        var issue = (
            await store.ReadAsync(
                Containers.Issues,
                SubmissionId.Partition(issueId),
                issueId,
                cancellation
            )
        )?.Document;
        if (issue?.KindId is not null)
            return issue.KindId;
        var founded = "K" + issueId;
        if (issue is null)
            return founded;
        await store.UpdateAsync(
            Containers.Issues,
            issue.Partition,
            issueId,
            i => i.KindId is null ? i with { KindId = founded } : i,
            cancellation
        );
        await store.WriteAsync(
            Containers.Kinds.Create(KindMember.Of(issue, founded)),
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
            [.. a.Problem.Words.TopShared(b.Problem.Words, 5)],
            by
        );

    private sealed record Neighbour(Candidate Other, MatterText Text, Similarity Similarity);
}
