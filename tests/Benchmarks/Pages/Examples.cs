using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Benchmarks.Pages;

/// <summary>The addresses that are asked for, with the largest documents that a page may have to show.</summary>
internal static class Examples
{
    /// <summary>The office with the most issues this month.</summary>
    public static async Task<string> BusiestOfficeAsync(IServiceProvider services)
    {
        var issues = await AllAsync(services, Containers.Issues, CancellationToken.None);
        return issues.CountBy(i => i.Office ?? "").MaxBy(o => o.Value).Key;
    }

    /// <summary>Each page with the account that may see it.</summary>
    public static async Task<IReadOnlyList<(string Account, string Path)>> PagesAsync(
        IServiceProvider services,
        CancellationToken cancellation
    )
    {
        var office = await BusiestOfficeAsync(services);
        var issues = await AllAsync(services, Containers.Issues, cancellation);
        var issue = issues.MaxBy(i => i.Count)!;
        var handedBack = issues.First(i => i.HandedBack).Id;
        var reports = await AllAsync(services, Containers.Reports, cancellation);
        var report = reports.MaxBy(r => r.Sources.Count)!.Id;
        var digests = await AllAsync(services, Containers.Digests, cancellation);
        var digest = digests.Where(d => d.Office == office).MaxBy(d => d.Items.Count)!.Id;
        var forum = (await AllAsync(services, Containers.Forums, cancellation))[0].Id;
        var submissions = await AllAsync(services, Containers.Submissions, cancellation);
        var told = submissions.First(s =>
            s.Station == InventedYear.Busiest && reports.Any(r => r.Sources.Contains(s.Id))
        );
        var review = submissions.Last(s => s.NeedsReview).Id;
        var model = (await services.GetRequiredService<ModelDesk>().ListAsync(cancellation))[0].Id;
        var month = issue.LastSeen.ToString("yyyy-MM");
        var q = Uri.EscapeDataString("路灯");
        var nowhere = Uri.EscapeDataString("鳜鱥");
        var end =
            $"{Months.Back(TimeProvider.System.GetUtcNow()).Last(m => issues.Any(i => i.Partition == m))}.";
        List<(string, string)> pages =
        [
            ("station", "/sign-in"),
            ("station", "/receipt"),
            ("station", $"/receipt?code={told.Receipt}"),
            ("station", "/offline"),
            ("station", "/guide"),
            ("station", "/guide/station"),
            ("station", "/submit"),
            ("station", $"/sent/{told.Id}"),
            ("station", "/mine"),
            ("station", $"/mine?after={end}"),
            ("station", $"/sent/{told.Id}/slip"),
            ("station", "/import"),
            ("station", "/forums"),
            ("station", "/forums/new"),
            ("station", $"/forums/{forum}"),
            ("station", $"/forums/{forum}/notice"),
            ("station", $"/forums/{forum}/record"),
            ("committee", "/"),
            ("committee", "/submissions"),
            ("committee", $"/submissions?after={end}"),
            ("committee", "/submissions?review=true"),
            ("committee", $"/submissions/{told.Id}"),
            ("committee", "/issues"),
            ("committee", $"/issues?after={end}"),
            ("committee", "/issues?recurring=true"),
            ("committee", $"/issues?q={q}"),
            ("committee", $"/issues?q={nowhere}"),
            ("committee", $"/issues?q={nowhere}&recurring=true"),
            ("committee", $"/issues/{issue.Id}"),
            ("committee", $"/issues/{issue.Id}/regroup"),
            ("office", "/desk"),
            ("office", "/desk?tab=answered"),
            ("office", "/desk?tab=overdue&after=950"),
            ("office", "/desk?category=01"),
            ("office", $"/desk?q={q}"),
            ("committee", $"/desk?office={office}&q={nowhere}"),
            ("committee", $"/desk/{issue.Id}"),
            ("committee", $"/desk/{handedBack}"),
            ("committee", "/handbacks"),
            ("office", "/digests"),
            ("committee", "/digests"),
            ("committee", $"/digests/{digest}"),
            ("committee", "/reports"),
            ("committee", $"/reports/{report}"),
            ("committee", $"/reports/{report}/print"),
            ("committee", $"/reports/{report}/slips"),
            ("committee", "/account"),
            ("committee", $"/account/{month}"),
            ("committee", $"/account/{month}/csv"),
            ("committee", $"/account/{month}/docx"),
            ("committee", "/recurring"),
            ("committee", "/recurring?after=950"),
            ("trainer", "/labels"),
            ("trainer", "/labels?disagreed=true"),
            ("trainer", $"/labels/{review}"),
            ("trainer", "/models"),
            ("trainer", $"/models/{model}"),
            ("trainer", "/models/drift"),
            ("trainer", "/models/drift?weeks=104"),
            ("admin", "/admin"),
            ("admin", "/admin/keys"),
            ("admin", "/admin/poison"),
            ("admin", "/admin/audit"),
            ("admin", "/admin/categories"),
            ("admin", "/admin/routing"),
            ("admin", "/admin/directory"),
            ("admin", "/admin/directory/taxonomy"),
            ("admin", "/admin/directory/stations/line?key=T01S01"),
            // The dearest previews: what an office has to do, what becomes of a category's labels, a rule tried.
            ("admin", "/admin/directory/offices/line?key=O01&do=remove&preview=true"),
            (
                "admin",
                "/admin/directory/taxonomy/line?key=0101&do=become&to=0105&on=2026-11-26&note=&preview=true"
            ),
            ("admin", "/admin/directory/routing/line?key=01&category=01&office=O05&preview=true"),
            ("admin", "/admin/directory/back?edition=1"),
            ("station", $"/sent/{told.Id}/split"),
        ];
        return pages;
    }

    private static async Task<List<T>> AllAsync<T>(
        IServiceProvider services,
        Container<T> container,
        CancellationToken cancellation
    )
        where T : class, IDocument =>
        await services
            .GetRequiredService<IDocumentStore>()
            .ScanAsync(container, cancellation)
            .Select(s => s.Document)
            .ToListAsync(cancellation);
}
