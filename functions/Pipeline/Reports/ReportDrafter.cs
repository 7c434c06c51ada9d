using System.Globalization;
using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Reports;

/// <summary>
/// Drafts a report on a recurring issue out of what people said of it; on a kind of matter, see <see cref="KindDrafter"/>. A sentence is either a template's or stands word
/// for word in a submission that is named beside it.
/// </summary>
public sealed class ReportDrafter(
    IDocumentStore store,
    IssueKeeper issues,
    CurrentClassifier classifier,
    CountyDirectory county,
    TimeProvider time
)
{
    private const int MostSources = 200;

    /// <summary>Works off a message of the queue "reports".</summary>
    /// <returns>The draft; null where the issue is not recurring, or a report on it has already gone out.</returns>
    public async Task<Report?> DraftAsync(string issueId, CancellationToken cancellation)
    {
        var issue = await issues.FindAsync(issueId, cancellation);
        // What was merged away owes nothing any more; while it says so it is sent here again and again.
        if (issue is not null && issue.Id != issueId)
            await store.UpdateAsync(
                Containers.Issues,
                SubmissionId.Partition(issueId),
                issueId,
                merged => merged.MergedInto is null ? merged : merged with { Pending = null },
                cancellation
            );
        // Owed no longer: another message was first.
        if (issue?.Pending is null)
            return null;
        if (!issue.Recurring)
        {
            await ClearAsync(issue, null, cancellation);
            return null;
        }
        var members = await issues.MembersAsync(issue.Id, 2 * MostSources, cancellation);
        var submissions = new List<Submission>();
        foreach (
            var member in members.Where(m => m.DuplicateOf is null && m.Escalates).Take(MostSources)
        )
            if (await store.SubmissionAsync(member.Id, cancellation) is { } stored)
                submissions.Add(stored);

        // The year of the first draft: drafting again next January writes the same document.
        var year = (issue.RecurringSince ?? issue.LastSeen)
            .ToOffset(LocalTime.Offset)
            .Year.ToString(CultureInfo.InvariantCulture);
        var id = "R" + issue.Id;
        var earlier = await store.ReadAsync(Containers.Reports, year, id, cancellation);
        if (earlier is { Document.Status: not ReportStatus.Draft })
        {
            await ClearAsync(issue, id, cancellation);
            return null;
        }
        var report = new Report
        {
            Id = id,
            Partition = year,
            IssueId = issue.Id,
            Scope = "matter",
            Title = $"关于“{issue.Title}”的社情民意专报",
            Category = issue.Category ?? "",
            Office = issue.Office ?? "",
            DraftedAt = time.GetUtcNow(),
            Sections = ReportSections.Of(
                Opening(issue, submissions),
                submissions,
                classifier.Value.Model.Language.Weights,
                county
            ),
            Sources = [.. submissions.Select(s => s.Id)],
            Count = issue.Count,
            Stations = issue.Stations.Count,
        };
        var written = await store.WriteAsync(
            earlier is null
                ? Containers.Reports.Create(report)
                : Containers.Reports.Replace(report, earlier.ETag),
            cancellation
        );
        // Submitted or drafted by somebody else meanwhile: what stands there holds.
        if (written.IsDone || earlier is null)
            await ClearAsync(issue, id, cancellation);
        return written.IsDone ? report : null;
    }

    private string Opening(Issue issue, List<Submission> submissions)
    {
        var stations = submissions
            .Select(s => county.Station(s.Station)?.Township)
            .OfType<string>()
            .Distinct()
            .Count();
        var place = issue.Place is { } named ? $"，主要涉及{named}" : "";
        var repeated =
            issue.Count > issue.Distinct ? $"（其中重复{issue.Count - issue.Distinct}件）" : "";
        return $"{LocalTime.Day(issue.FirstSeen)}至{LocalTime.Day(issue.LastSeen)}，{stations}个乡镇街道的{issue.Stations.Count}个联络站共转来{issue.Count}件{repeated}反映同一事项的来件{place}。";
    }

    private Task<Issue?> ClearAsync(
        Issue issue,
        string? reportId,
        CancellationToken cancellation
    ) =>
        store.UpdateAsync(
            Containers.Issues,
            issue.Partition,
            issue.Id,
            // Grown since it was read: the message that growth sent is still to come.
            current =>
                current.Pending is null || current.Count != issue.Count
                    ? current
                    : current with
                    {
                        Pending = null,
                        ReportId = reportId ?? current.ReportId,
                        Drafted = issue.Count,
                    },
            cancellation
        );
}
