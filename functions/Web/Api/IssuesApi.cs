using System.Security.Claims;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>Issues: finding, reading, and regrouping them by hand.</summary>
internal static class IssuesApi
{
    public static void MapIssues(this RouteGroupBuilder api)
    {
        api.MapGet("/issues", ListAsync).RequireAuthorization(Policies.AnyKey);
        api.MapGet("/issues/{id}", GetAsync).RequireAuthorization(Policies.AnyKey);
        api.MapPost("/issues/{id}/merge", MergeAsync).RequireAuthorization(Policies.Govern);
        api.MapPost("/issues/{id}/split", SplitAsync).RequireAuthorization(Policies.Govern);
        api.MapPost("/issues/{id}/undo", UndoAsync).RequireAuthorization(Policies.Govern);
        api.MapPost("/issues/{id}/reply", ReplyAsync).RequireAuthorization(Policies.Answer);
        api.MapPost("/issues/{id}/handback", HandBackAsync).RequireAuthorization(Policies.Answer);
        api.MapPost("/issues/{id}/handback/accept", AcceptAsync)
            .RequireAuthorization(Policies.Govern);
        api.MapPost("/issues/{id}/handback/refuse", RefuseAsync)
            .RequireAuthorization(Policies.Govern);
    }

    private sealed record HandBackRequest(string? Reason, string? Suggested);

    private sealed record AcceptRequest(string? Category, string? Office);

    private sealed record RefuseRequest(string? Note);

    private sealed record MergeRequest(string? Into);

    private sealed record SplitRequest(IReadOnlyList<string>? Members);

    private static Task<IResult> ListAsync(
        MonthPages pages,
        bool? recurring,
        string? category,
        string? office,
        string? place,
        string? q,
        string? after,
        CancellationToken cancellation
    ) =>
        pages.AnswerAsync(
            month =>
                office is not null
                    ? new Query<Issue>(Containers.Issues, "byOffice", month) { Equal = [office] }
                : recurring is { } wanted
                    ? new Query<Issue>(Containers.Issues, "byRecurring", month) { Equal = [wanted] }
                : new Query<Issue>(Containers.Issues, "recent", month),
            after,
            i =>
                i.MergedInto is null
                && i.Count > 0
                && (recurring is null || i.Recurring == recurring)
                && (
                    category is null
                    || i.SureCategory?.StartsWith(category, StringComparison.Ordinal) == true
                )
                && (place is null || i.Place?.Contains(place, StringComparison.Ordinal) == true)
                && (q is null || i.Title.Contains(q, StringComparison.OrdinalIgnoreCase)),
            Short,
            cancellation
        );

    private static async Task<IResult> GetAsync(
        string id,
        IssueKeeper issues,
        IssueSummary summary,
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
                Summary = await summary.OfAsync(
                    members.Where(m => m.DuplicateOf is null).Select(m => m.Id),
                    cancellation
                ),
                issue.Count,
                issue.Distinct,
                issue.Reporters,
                issue.Stations,
                issue.FirstSeen,
                issue.LastSeen,
                issue.Recurring,
                issue.RecurringSince,
                issue.Category,
                issue.Finer,
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
        var (request, fault) = await Body.JsonAsync<MergeRequest>(http, cancellation);
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
        var (request, fault) = await Body.JsonAsync<SplitRequest>(http, cancellation);
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

    private static async Task<IResult> ReplyAsync(
        string id,
        HttpRequest http,
        ReplyDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<NewReply>(http, cancellation);
        if (request is null)
            return fault!;
        var result = await desk.ReplyToIssueAsync(
            id,
            request,
            user.OfficeCode(),
            user.Account(),
            cancellation
        );
        return Answers.Of(result);
    }

    private static async Task<IResult> HandBackAsync(
        string id,
        HttpRequest http,
        HandBackDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<HandBackRequest>(http, cancellation);
        return request is null
            ? fault!
            : Answer(
                await desk.AskAsync(
                    id,
                    request.Reason,
                    request.Suggested,
                    user.OfficeCode(),
                    user.Account(),
                    cancellation
                )
            );
    }

    private static async Task<IResult> AcceptAsync(
        string id,
        HttpRequest http,
        HandBackDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<AcceptRequest>(http, cancellation);
        return request is null
            ? fault!
            : Answer(
                await desk.AcceptAsync(
                    id,
                    request.Category,
                    request.Office,
                    user.Account(),
                    cancellation
                )
            );
    }

    private static async Task<IResult> RefuseAsync(
        string id,
        HttpRequest http,
        HandBackDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<RefuseRequest>(http, cancellation);
        return request is null
            ? fault!
            : Answer(await desk.RefuseAsync(id, request.Note, user.Account(), cancellation));
    }

    private static IResult Answer(Result<Issue> result) => Answers.Of(result, Short);

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
            i.Finer,
            i.Office,
            i.Place,
            i.Status,
            HandBack = i.HandBacks is [.., var last] ? last : null,
        };
}
