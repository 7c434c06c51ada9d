using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Forums;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Pipeline.Submissions.Reading;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>恳谈会: sessions, what was said at them, and what became of it at the table.</summary>
internal static class ForumsApi
{
    public static void MapForums(this RouteGroupBuilder api)
    {
        var forums = api.MapGroup("/forums").RequireAuthorization(Policies.Submit);
        forums.MapPost("", OpenAsync);
        forums.MapGet("", ListAsync);
        forums.MapGet("/{id}", GetAsync);
        forums.MapPost("/{id}/items", AddAsync);
        forums.MapPost("/{id}/items/{n:int}/resolve", ResolveAsync);
        forums.MapPost("/{id}/items/{n:int}/confirm", ConfirmAsync);
        forums.MapPost("/{id}/items/{n:int}/discard", DiscardAsync);
        forums.MapPost("/{id}/close", CloseAsync);
    }

    private sealed record ItemsRequest(
        IReadOnlyList<NewForumItem>? Items,
        string? Title,
        string? Body,
        string? Place,
        string? Kind,
        Reporter? Reporter,
        Outcome Outcome,
        string? Answer,
        string? AnsweredBy
    );

    private static async Task<IResult> OpenAsync(
        HttpRequest http,
        ForumDesk desk,
        ClaimsPrincipal user,
        [FromHeader(Name = "Idempotency-Key")] string? key,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<NewForum>(http, cancellation);
        if (request is null)
            return fault!;
        var result = await desk.OpenAsync(request, key, Sender(user), cancellation);
        return Answers.Of(result, done => Shape(done, []), StatusCodes.Status201Created);
    }

    private static Task<IResult> ListAsync(
        MonthPages pages,
        ClaimsPrincipal user,
        string? after,
        CancellationToken cancellation
    ) =>
        pages.AnswerAsync(
            month => new Query<Forum>(Containers.Forums, "recent", month),
            after,
            f => user.StationCode() is not { } station || f.Station == station,
            f => f,
            cancellation
        );

    private static async Task<IResult> GetAsync(
        string id,
        ForumDesk desk,
        ForumItems items,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var forum = await desk.FindAsync(id, Sender(user), cancellation);
        return forum is null
            ? Problems.NotFound("forum", id)
            : Results.Json(
                Shape(forum, await items.ItemsAsync(id, cancellation)),
                DocumentJson.Options
            );
    }

    // JSON is one item or several; anything else is taken for minutes.
    private static async Task<IResult> AddAsync(
        string id,
        HttpRequest http,
        ForumDesk desk,
        ForumItems items,
        ClaimsPrincipal user,
        [FromHeader(Name = "Idempotency-Key")] string? key,
        CancellationToken cancellation
    )
    {
        var forum = await desk.FindAsync(id, Sender(user), cancellation);
        if (forum is null)
            return Problems.NotFound("forum", id);
        if (!http.HasJsonContentType())
            return await AddMinutesAsync(forum, http, items, user, cancellation);

        var (request, fault) = await Body.JsonAsync<ItemsRequest>(http, cancellation);
        if (request is null)
            return fault!;
        var wanted =
            request.Items
            ??
            [
                new(
                    request.Title,
                    request.Body,
                    request.Place,
                    request.Kind,
                    request.Reporter,
                    request.Outcome,
                    request.Answer,
                    request.AnsweredBy
                ),
            ];
        var added = new List<ForumItem>();
        for (var i = 0; i < wanted.Count; i++)
        {
            var result = await items.AddAsync(
                forum,
                wanted[i],
                key is null ? null : $"{key}:{i}",
                Sender(user),
                cancellation
            );
            if (!result.IsOk)
                return Problems.Of(
                    request.Items is null
                        ? result.Rejections
                        :
                        [
                            .. result.Rejections.Select(r =>
                                r with
                                {
                                    Field = $"items[{i}].{r.Field}",
                                }
                            ),
                        ]
                );
            added.Add(result.Value);
        }
        return Results.Json(
            request.Items is null ? Shape(added[0]) : new { Items = added.Select(Shape) },
            DocumentJson.Options,
            statusCode: StatusCodes.Status202Accepted
        );
    }

    private static async Task<IResult> AddMinutesAsync(
        Forum forum,
        HttpRequest http,
        ForumItems items,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (content, fault) = await Body.ReadAsync(http, Body.MostDocument, cancellation);
        if (content is null)
            return fault!;
        IReadOnlyList<Speech> speeches;
        try
        {
            speeches = MinutesReader.Read(content);
        }
        catch (UnreadableFileException e)
        {
            return Problems.Of(e.Rejection);
        }
        var result = await items.AddMinutesAsync(forum, speeches, Sender(user), cancellation);
        return Answers.Of(
            result,
            done => new { Items = done.Select(Shape) },
            StatusCodes.Status202Accepted
        );
    }

    // Without a word it means: settled on the spot.
    private static async Task<IResult> ResolveAsync(
        string id,
        int n,
        HttpRequest http,
        ForumDesk desk,
        ForumItems items,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (decision, fault) = await Body.JsonAsync(
            http,
            cancellation,
            absent: new ItemDecision(null, null, null, null, null)
        );
        if (decision is null)
            return fault!;
        return await DecideAsync(
            id,
            n,
            decision with
            {
                Outcome = decision.Outcome ?? Outcome.Settled,
            },
            desk,
            items,
            user,
            cancellation
        );
    }

    private static async Task<IResult> ConfirmAsync(
        string id,
        int n,
        HttpRequest http,
        ForumDesk desk,
        ForumItems items,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (decision, fault) = await Body.JsonAsync(
            http,
            cancellation,
            absent: new ItemDecision(null, null, null, null, null)
        );
        if (decision is null)
            return fault!;
        return await DecideAsync(id, n, decision, desk, items, user, cancellation);
    }

    private static async Task<IResult> DecideAsync(
        string id,
        int n,
        ItemDecision decision,
        ForumDesk desk,
        ForumItems items,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var forum = await desk.FindAsync(id, Sender(user), cancellation);
        if (forum is null)
            return Problems.NotFound("forum", id);
        var result = await items.DecideAsync(forum, n, decision, Sender(user), cancellation);
        return Answers.Of(result, Shape);
    }

    private static async Task<IResult> DiscardAsync(
        string id,
        int n,
        ForumDesk desk,
        ForumItems items,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var forum = await desk.FindAsync(id, Sender(user), cancellation);
        if (forum is null)
            return Problems.NotFound("forum", id);
        var result = await items.DiscardAsync(forum, n, cancellation);
        return Answers.Of(result, Shape);
    }

    private static async Task<IResult> CloseAsync(
        string id,
        ForumDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var forum = await desk.FindAsync(id, Sender(user), cancellation);
        if (forum is null)
            return Problems.NotFound("forum", id);
        var result = await desk.CloseAsync(forum, close: true, cancellation);
        return Answers.Of(result, done => new { done.Id, done.ClosedAt });
    }

    private static Sender Sender(ClaimsPrincipal user) =>
        new(user.Account(), user.StationCode(), Channel.Forum);

    private static object Shape(Forum forum, IReadOnlyList<ForumItem> items) =>
        new
        {
            forum.Id,
            forum.Title,
            forum.Place,
            forum.HeldOn,
            forum.Station,
            forum.RecordedAt,
            forum.Announcement,
            forum.ClosedAt,
            Items = items.Select(Shape),
            Links = new
            {
                Self = $"/api/v1/forums/{forum.Id}",
                Items = $"/api/v1/forums/{forum.Id}/items",
            },
        };

    private static object Shape(ForumItem item) =>
        new
        {
            N = item.Number,
            item.ForumId,
            item.Title,
            item.Body,
            item.Outcome,
            item.State,
            Escalates = item is { State: ItemState.Submitted, Outcome: Outcome.Unsettled },
            item.Answer,
            item.AnsweredBy,
            item.SubmissionId,
        };
}
