using System.Collections.Concurrent;
using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Reports;

/// <summary>
/// Drafts a report on a kind of matter that comes up in enough places: no single village's road, but the roads of many.
/// The same rule as for an issue, an issue counting as one voice and its place as its source; drawn up anew when half as
/// many again have joined, so that the work per submission stays small and the same.
/// </summary>
public sealed class KindDrafter(
    IDocumentStore store,
    IssueKeeper issues,
    RecurrenceRules rules,
    CurrentClassifier classifier,
    CountyDirectory county,
    TimeProvider time
)
{
    private const int MostIssues = 500;

    /// <summary>The newest issues of a kind, by which it is told whether enough have come.</summary>
    private const int MostChecked = 60;
    private const int MostQuoted = 12;
    private const int MostNamed = 6;

    // How many more must join a kind before it is worth counting again: half of what it lacks, as other workers see others
    // of them. A kind of thousands is not counted whenever one joins.
    private readonly ConcurrentDictionary<string, long> notYet = new();

    /// <summary>Works off a message of the queue "reports" that names a kind.</summary>
    /// <returns>The draft; null where the kind is not that common, has hardly grown since, or its report has gone out.</returns>
    public async Task<Report?> DraftAsync(string kindId, CancellationToken cancellation)
    {
        if (notYet.TryGetValue(kindId, out var more) && more > 0)
        {
            notYet[kindId] = more - 1;
            return null;
        }
        var id = "R" + kindId;
        var year = YearOf(kindId);
        var earlier = await store.ReadAsync(Containers.Reports, year, id, cancellation);
        if (earlier is { Document.Status: not ReportStatus.Draft })
            return null;
        var total = 0L;
        if (earlier is not null)
        {
            total = await store.CountAsync(Of(kindId), cancellation);
            var lacks = (earlier.Document.Issues * 3 - total * 2 + 1) / 2;
            if (lacks > 0)
            {
                notYet[kindId] = lacks / 2;
                return null;
            }
        }
        var members = await NewestAsync(kindId, MostChecked, cancellation);
        var category = members
            .GroupBy(m => m.Category)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .FirstOrDefault()
            ?.Key;
        if (rules.Since(category, members.Select(m => (m.FirstSeen, m.Source))) is null)
            return null;

        if (members.Count == MostChecked)
            members = await NewestAsync(kindId, MostIssues, cancellation);
        var found = await IssuesAsync(members, cancellation);
        if (found.Count == 0)
            return null;
        var count = found.Sum(i => i.Count);
        var submissions = new List<Submission>();
        foreach (var issue in found.Take(MostQuoted))
            if (
                (await issues.MembersAsync(issue.Id, 20, cancellation)).Find(m =>
                    m.DuplicateOf is null && m.Escalates
                )
                    is { } first
                && await store.SubmissionAsync(first.Id, cancellation) is { } stored
            )
                submissions.Add(stored);
        var title = IssueTitle.Choose([.. found.Select(i => i.Title)]);
        var report = new Report
        {
            Id = id,
            Partition = year,
            IssueId = kindId,
            Scope = "kind",
            Title = $"关于“{title}”等{found.Count}处同类问题的社情民意专报",
            Category = category ?? "",
            Office = county.OfficeFor(category) ?? "",
            DraftedAt = time.GetUtcNow(),
            Sections = ReportSections.Of(
                Opening(found, count),
                submissions,
                classifier.Value.Model.Language.Weights,
                county
            ),
            Sources = [.. submissions.Select(s => s.Id)],
            Count = count,
            Issues = (int)Math.Max(total, members.Count),
            Stations = found.SelectMany(i => i.Stations).Distinct().Count(),
        };
        var written = await store.WriteAsync(
            earlier is null
                ? Containers.Reports.Create(report)
                : Containers.Reports.Replace(report, earlier.ETag),
            cancellation
        );
        return written.IsDone ? report : null;
    }

    /// <summary>The partition of a kind's report: the year the kind was founded in.</summary>
    internal static string YearOf(string kindId) => SubmissionId.Partition(kindId[1..])[..4];

    private static Query<KindMember> Of(string kindId) =>
        new(Containers.Kinds, "newest", kindId) { MayLag = true };

    private async Task<List<KindMember>> NewestAsync(
        string kindId,
        int most,
        CancellationToken cancellation
    ) =>
        [
            .. (
                await store.QueryAsync(Of(kindId) with { Limit = most }, cancellation)
            ).Items.Select(i => i.Document),
        ];

    // Issues that were merged since count once.
    private async Task<List<Issue>> IssuesAsync(
        List<KindMember> members,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<string, Issue>();
        foreach (var member in members)
            if (await issues.FindAsync(member.Id, cancellation) is { Count: > 0 } issue)
                found[issue.Id] = issue;
        return
        [
            .. found.Values.OrderBy(i => i.FirstSeen).ThenBy(i => i.Id, StringComparer.Ordinal),
        ];
    }

    // Only places that the gazetteer knows: what merely looks like one has no place under an official heading.
    private string Opening(List<Issue> found, int count)
    {
        var known = county
            .Places.Select(p => p.Name)
            .Concat(county.Townships.Select(t => t.Name))
            .ToHashSet();
        var places = found
            .Select(i => i.Place)
            .OfType<string>()
            .Where(known.Contains)
            .Distinct()
            .ToList();
        var named =
            places.Count == 0
                ? ""
                : $"，涉及{string.Join('、', places.Take(MostNamed))}{(places.Count > MostNamed ? $"等{places.Count}处" : "")}";
        return $"{LocalTime.Day(found.Min(i => i.FirstSeen))}至{LocalTime.Day(found.Max(i => i.LastSeen))}，共有{found.Count}个议题、{count}件来件反映同一类问题{named}。";
    }
}
