using System.Security.Claims;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>Issues: finding, reading, and regrouping them by hand.</summary>
internal static class IssuesApi
{
    private const int PageSize = 50;
    private const int MostScanned = 2_000;

    public static void MapIssues(this RouteGroupBuilder api)
    {
        api.MapGet("/issues", ListAsync).RequireAuthorization(Policies.AnyKey);
        api.MapGet("/issues/{id}", GetAsync).RequireAuthorization(Policies.AnyKey);
        api.MapPost("/issues/{id}/merge", MergeAsync).RequireAuthorization(Policies.Govern);
        api.MapPost("/issues/{id}/split", SplitAsync).RequireAuthorization(Policies.Govern);
        api.MapPost("/issues/{id}/undo", UndoAsync).RequireAuthorization(Policies.Govern);
    }

    private sealed record MergeRequest(string? Into);

    private sealed record SplitRequest(IReadOnlyList<string>? Members);

    private static async Task<IResult> ListAsync(
        IDocumentStore store,
        TimeProvider time,
        bool? recurring,
        string? category,
        string? office,
        string? place,
        string? q,
        string? after,
        CancellationToken cancellation
    )
    {
        // A place is the month and the place in it; lists run through the months, newest first.
        var months = Months.Back(time.GetUtcNow()).ToList();
        var cut = after?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        var from = cut < 0 ? 0 : months.IndexOf(after![..cut]);
        if (after is not null && (cut < 0 || from < 0))
            return BadPlace();
        var inside = cut >= 0 && cut + 1 < after!.Length ? after[(cut + 1)..] : null;

        var items = new List<object>();
        var scanned = 0;
        for (var m = from; m < months.Count; m++)
        {
            var query =
                office is not null
                    ? new Query<Issue>(Containers.Issues, "byOffice", months[m])
                    {
                        Equal = [office],
                    }
                : recurring is { } wanted
                    ? new Query<Issue>(Containers.Issues, "byRecurring", months[m])
                    {
                        Equal = [wanted],
                    }
                : new Query<Issue>(Containers.Issues, "recent", months[m]);
            for (var next = m == from ? inside : null; ; )
            {
                Page<Issue> page;
                try
                {
                    page = await store.QueryAsync(
                        query with
                        {
                            After = next,
                            Limit = PageSize,
                        },
                        cancellation
                    );
                }
                catch (ArgumentException)
                {
                    return BadPlace();
                }
                items.AddRange(page.Items.Select(i => i.Document).Where(Fits).Select(Short));
                scanned += page.Items.Count;
                next = page.Next;
                if (next is null)
                    break;
                if (items.Count >= PageSize || scanned >= MostScanned)
                    return Answer($"{months[m]}.{next}");
            }
            if ((items.Count >= PageSize || scanned >= MostScanned) && m + 1 < months.Count)
                return Answer($"{months[m + 1]}.");
        }
        return Answer(null);

        bool Fits(Issue i) =>
            i.MergedInto is null
            && i.Count > 0
            && (recurring is null || i.Recurring == recurring)
            && (
                category is null
                || i.Category?.StartsWith(category, StringComparison.Ordinal) == true
            )
            && (place is null || i.Place?.Contains(place, StringComparison.Ordinal) == true)
            && (q is null || i.Title.Contains(q, StringComparison.OrdinalIgnoreCase));

        IResult Answer(string? next) =>
            Results.Json(new { Items = items, Next = next }, DocumentJson.Options);
        static IResult BadPlace() =>
            Problems.Of(
                new Rejection(
                    "after.invalid",
                    "after",
                    "无效的翻页位置。",
                    "This is no place that an earlier page gave."
                )
            );
    }

    private static async Task<IResult> GetAsync(
        string id,
        IssueKeeper issues,
        CancellationToken cancellation
    )
    {
        var issue = await issues.FindAsync(id, cancellation);
        if (issue is null)
            return Problems.NotFound("issue", id);
        var members = await issues.MembersAsync(issue.Id, cancellation);
        return Results.Json(
            new
            {
                issue.Id,
                issue.Title,
                issue.Summary,
                issue.Count,
                issue.Distinct,
                issue.Reporters,
                issue.Stations,
                issue.FirstSeen,
                issue.LastSeen,
                issue.Recurring,
                issue.RecurringSince,
                issue.Category,
                issue.Office,
                issue.Place,
                issue.KindId,
                issue.Status,
                issue.ReportId,
                issue.Replies,
                issue.Regroupings,
                Members = members.Select(m => new
                {
                    m.Id,
                    m.Title,
                    m.SaidAt,
                    m.Station,
                    m.Forum,
                    m.DuplicateOf,
                    m.Attachment,
                    m.Pinned,
                }),
            },
            DocumentJson.Options
        );
    }

    private static async Task<IResult> MergeAsync(
        string id,
        HttpRequest http,
        Regrouper regrouper,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await JsonBody.ReadAsync<MergeRequest>(http, cancellation);
        return request is null
            ? fault!
            : Answer(await regrouper.MergeAsync(id, request.Into, user.Account(), cancellation));
    }

    private static async Task<IResult> SplitAsync(
        string id,
        HttpRequest http,
        Regrouper regrouper,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await JsonBody.ReadAsync<SplitRequest>(http, cancellation);
        return request is null
            ? fault!
            : Answer(await regrouper.SplitAsync(id, request.Members, user.Account(), cancellation));
    }

    private static async Task<IResult> UndoAsync(
        string id,
        Regrouper regrouper,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => Answer(await regrouper.UndoAsync(id, user.Account(), cancellation));

    private static IResult Answer(Result<Issue> result) =>
        result.IsOk
            ? Results.Json(Short(result.Value), DocumentJson.Options)
            : Problems.Of(result.Rejections);

    private static object Short(Issue i) =>
        new
        {
            i.Id,
            i.Title,
            i.Count,
            i.Distinct,
            i.Stations,
            i.FirstSeen,
            i.LastSeen,
            i.Recurring,
            i.Category,
            i.Office,
            i.Place,
            i.Status,
        };
}
