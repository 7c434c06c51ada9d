using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Feedback;

/// <summary>
/// Makes reply slips. A report on a matter speaks for everybody who spoke of it, those who said the same again too; a
/// report on a kind of matter for those alone whom it quotes.
/// </summary>
public sealed class SlipDesk(IDocumentStore store, IssueKeeper issues, ReportDesk reports)
{
    /// <summary>The slip of a submission; empty while there is nothing to tell.</summary>
    public async Task<ReplySlip> OfAsync(Submission submission, CancellationToken cancellation) =>
        await OfAsync(submission, await IssueAsync(submission, cancellation), cancellation);

    /// <summary>The same for whoever has read the submission's issue.</summary>
    public async Task<ReplySlip> OfAsync(
        Submission submission,
        Issue? issue,
        CancellationToken cancellation
    ) => Slip(submission, await StandingAsync(issue, cancellation), null);

    /// <summary>The slips of all of a report's sources for whom there is something to tell, in the report's order.</summary>
    public async Task<IReadOnlyList<ReplySlip>> OfAsync(
        Report report,
        CancellationToken cancellation
    )
    {
        // Most sources of a report are of the same few issues.
        var known = new Dictionary<string, IssueStanding>();
        var slips = new List<ReplySlip>();
        foreach (var id in report.Sources)
        {
            if (await store.SubmissionAsync(id, cancellation) is not { } submission)
                continue;
            var issue = submission.IssueId ?? "";
            if (!known.TryGetValue(issue, out var standing))
                known[issue] = standing = await StandingAsync(
                    await IssueAsync(submission, cancellation),
                    cancellation
                );
            slips.Add(Slip(submission, standing, report));
        }
        return [.. slips.Where(s => !s.IsEmpty)];
    }

    private sealed record IssueStanding(Issue? Issue, Report? OnMatter, Report? OnKind);

    private async Task<Issue?> IssueAsync(Submission submission, CancellationToken cancellation) =>
        submission.IssueId is { } id ? await issues.FindAsync(id, cancellation) : null;

    private async Task<IssueStanding> StandingAsync(Issue? issue, CancellationToken cancellation)
    {
        var matter = issue?.ReportId is { } id ? await reports.FindAsync(id, cancellation) : null;
        var kind = issue?.KindId is { } kindId
            ? await store.ReadAsync(
                Containers.Reports,
                KindDrafter.YearOf(kindId),
                "R" + kindId,
                cancellation
            )
            : null;
        return new(issue, matter?.Document, kind?.Document);
    }

    // A source that was moved to another issue since is told of the report it stands in all the same.
    private static ReplySlip Slip(Submission submission, IssueStanding standing, Report? standsIn)
    {
        var concerning = new[] { standing.OnMatter, standing.OnKind, standsIn }
            .OfType<Report>()
            .Where(r => r.Id == standing.OnMatter?.Id || r.Sources.Contains(submission.Id))
            .DistinctBy(r => r.Id)
            .ToList();
        return new(
            submission,
            [
                .. concerning
                    .SelectMany(r => r.Adoptions)
                    .Select(a => new SlipAdoption(a.Level, a.Combined, a.On))
                    .Distinct()
                    .OrderBy(a => a.On)
                    .ThenBy(a => a.Level),
            ],
            [
                .. concerning
                    .SelectMany(r => r.Instructions)
                    .Select(i => new SlipInstruction(Masker.Mask(i.Text).Text, i.Office, i.At))
                    .OrderBy(i => i.At),
            ],
            Receipts.ReplyTo(submission, standing.Issue) is { } reply
                ? new(
                    Masker.Mask(reply.Text).Text,
                    reply.Measure is { Length: > 0 } measure ? Masker.Mask(measure).Text : null,
                    reply.Office,
                    reply.At
                )
                : null
        );
    }
}
