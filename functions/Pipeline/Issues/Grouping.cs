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
/// Finds a submission's place among its neighbours: the same submission again, the same matter, or the same kind of matter
/// elsewhere.
/// </summary>
public sealed class Grouping(
    IDocumentStore store,
    MatterReader reader,
    MatterSimilarity similarity,
    Neighbours neighbours
)
{
    /// <summary>The likest candidates, whose issues are looked up until one has one.</summary>
    private const int MostResolved = 2;

    /// <summary>The place, or what must be placed before.</summary>
    /// <param name="own">The submission's fingerprint, which others find already.</param>
    /// <param name="text">Its text.</param>
    /// <param name="ahead">Its neighbours, where somebody has looked for them ahead of its turn.</param>
    /// <param name="mayWait">False where it is placed even though another that comes first is not.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Search> PlaceAsync(
        Fingerprint own,
        MatterText text,
        Neighbourhood? ahead,
        bool mayWait,
        CancellationToken cancellation
    )
    {
        var found =
            (ahead is null ? null : neighbours.UpToDate(ahead, own, text))
            ?? await neighbours.LookAsync(own, text, cancellation);
        var (repeated, around) = (found.Repetition, found.Around);
        if (repeated is null)
        {
            around ??= await neighbours.LookAroundAsync(own, text, cancellation);
            repeated = Neighbours.RepetitionIn(around, own, text);
        }
        if (repeated is not null)
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

        around ??= await neighbours.LookAroundAsync(own, text, cancellation);
        if (await MatterAsync(own, text, around.Near, mayWait, cancellation) is { } matter)
            return matter;
        return new(
            new(
                "I" + own.Id,
                null,
                new Attachment(null, 1, [], [], "founder"),
                await KindAsync(around.Near, cancellation)
            ),
            null
        );
    }

    // The issue of the likest; null where none is like enough.
    private async Task<Search?> MatterAsync(
        Fingerprint own,
        MatterText text,
        IReadOnlyList<Neighbour> near,
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

    private async Task<string?> KindAsync(
        IReadOnlyList<Neighbour> near,
        CancellationToken cancellation
    )
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
}
