using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Privacy;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>An issue that a text resembles.</summary>
/// <param name="Issue">The issue.</param>
/// <param name="Likeness">0 to 1.</param>
public sealed record SimilarMatter(Issue Issue, double Likeness);

/// <summary>
/// 已有类似反映: what has been said of a matter already, found while somebody still writes. Nothing that was typed is
/// kept; the writer decides whether it is the same matter.
/// </summary>
public sealed class SimilarMatters(
    IDocumentStore store,
    MatterReader reader,
    MatterSimilarity similarity,
    IssueKeeper issues,
    TimeProvider time
)
{
    private const int MostShown = 5;
    private const int MostCandidates = 12;

    /// <summary>Shorter texts resemble everything.</summary>
    private const int FewestCharacters = 4;

    /// <summary>The machine joins two at <see cref="MatterSimilarity.SameMatter"/>; a person who chooses may be shown less like ones.</summary>
    private const double WorthShowing = MatterSimilarity.SameMatter / 2;

    private static readonly TimeSpan Window = TimeSpan.FromDays(Fingerprint.DaysKept);

    /// <summary>The issues most like it, the likest first, at most five.</summary>
    public async Task<IReadOnlyList<SimilarMatter>> FindAsync(
        string? title,
        string? body,
        string? place,
        CancellationToken cancellation
    )
    {
        // What it is compared with is masked too.
        var (maskedTitle, maskedBody) = Masker.MaskBoth(title ?? "", body ?? "");
        var text = reader.Read(maskedTitle, maskedBody, place);
        if (text.Compact.Length < FewestCharacters)
            return [];
        var near = (await CandidatesAsync(text, cancellation))
            .Select(c =>
                (
                    c.Id,
                    Likeness: similarity
                        .Compare(
                            text,
                            reader.Read(c.Id, c.Title, c.Body, c.Place),
                            sameCategory: false
                        )
                        .Matter
                )
            )
            .Where(c => c.Likeness >= WorthShowing)
            .OrderByDescending(c => c.Likeness)
            .ThenBy(c => c.Id, StringComparer.Ordinal);
        var found = new List<SimilarMatter>();
        foreach (var (id, likeness) in near)
        {
            if (
                await IssueAsync(id, cancellation) is { } issue
                && !found.Exists(f => f.Issue.Id == issue.Id)
            )
                found.Add(new(issue, likeness));
            if (found.Count == MostShown)
                break;
        }
        return found;
    }

    private async Task<IEnumerable<Fingerprint>> CandidatesAsync(
        MatterText text,
        CancellationToken cancellation
    )
    {
        var since = time.GetUtcNow() - Window;
        var found = new List<Fingerprint>();
        foreach (var keys in new[] { CandidateKeys.Places(text), CandidateKeys.Terms(text) })
            if (keys.Count > 0)
                found.AddRange(
                    (
                        await store.QueryAsync(
                            new Query<Fingerprint>(
                                Containers.Fingerprints,
                                "byKey",
                                Fingerprint.All
                            )
                            {
                                AnyOf = keys,
                                From = since,
                                Limit = MostCandidates,
                                MayLag = true,
                            },
                            cancellation
                        )
                    ).Items.Select(i => i.Document)
                );
        return found.DistinctBy(f => f.Id);
    }

    private async Task<Issue?> IssueAsync(string submission, CancellationToken cancellation)
    {
        var stored = await store.SubmissionAsync(submission, cancellation);
        return stored?.IssueId is { } issue ? await issues.FindAsync(issue, cancellation) : null;
    }
}
