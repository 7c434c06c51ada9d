using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Photos;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Web.Access;
using OpinionPipeline.Web.Pages.Photos;

namespace OpinionPipeline.Web.Api;

/// <summary>Submitting, one by one and by file, and looking one up.</summary>
internal static class SubmissionsApi
{
    public static void MapSubmissions(this RouteGroupBuilder api)
    {
        api.MapPost("/submissions", SubmitAsync).RequireAuthorization(Policies.Submit);
        api.MapPost("/submissions/batch", BatchApi.SubmitAsync)
            .RequireAuthorization(Policies.Submit);
        api.MapGet("/submissions/{id}", GetAsync).RequireAuthorization(Policies.AnyKey);
        api.MapGet("/submissions/{id}/original", OriginalAsync)
            .RequireAuthorization(Policies.Submit);
        api.MapPost("/submissions/{id}/split", SplitAsync)
            .RequireAuthorization(Policies.Submit)
            .SetDown();
        api.MapPhotos();
        api.MapGet("/receipts/{code}", ReceiptAsync).AllowAnonymous();
    }

    private sealed record SubmitRequest(
        string? Title,
        string? Body,
        string? Place,
        DateOnly? OccurredOn,
        string? Kind,
        string? Station,
        Reporter? Reporter,
        string? Joins
    );

    private static async Task<IResult> SubmitAsync(
        HttpRequest http,
        Intake intake,
        ClaimsPrincipal user,
        [FromHeader(Name = "Idempotency-Key")] string? key,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<SubmitRequest>(http, cancellation);
        if (request is null)
            return fault!;
        var result = await intake.AcceptAsync(
            new NewSubmission
            {
                Title = request.Title,
                Body = request.Body,
                Place = request.Place,
                OccurredOn = request.OccurredOn,
                Kind = request.Kind,
                Station = request.Station,
                Reporter = request.Reporter,
                Joins = request.Joins,
            },
            key is null ? null : "key:" + key,
            new Sender(user.Account(), user.StationCode(), Channel.Api),
            cancellation
        );
        if (!result.IsOk)
            return Problems.Of(result.Rejections);
        var accepted = result.Value;
        return Results.Json(
            new
            {
                accepted.Id,
                accepted.Receipt,
                Status = SubmissionStatus.Received,
                accepted.Notices,
                Links = new
                {
                    Self = $"/api/v1/submissions/{accepted.Id}",
                    Receipt = $"/api/v1/receipts/{accepted.Receipt}",
                },
            },
            DocumentJson.Options,
            statusCode: StatusCodes.Status202Accepted
        );
    }

    private sealed record SplitRequest(IReadOnlyList<SplitPart>? Parts);

    private static async Task<IResult> SplitAsync(
        string id,
        HttpRequest http,
        StationSubmissions own,
        Splitter splitter,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<SplitRequest>(http, cancellation);
        if (request is null)
            return fault!;
        var original = await own.FindAsync(id, user.StationCode(), cancellation);
        if (original is null)
            return Problems.NotFound("submission", id);
        var result = await splitter.SplitAsync(
            original,
            request.Parts,
            user.Account(),
            cancellation
        );
        return Answers.Of(
            result,
            done => new { done.Id, done.SplitInto },
            StatusCodes.Status202Accepted
        );
    }

    private static async Task<IResult> OriginalAsync(
        string id,
        string? reason,
        StationSubmissions own,
        Originals originals,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var submission = await own.FindAsync(id, user.StationCode(), cancellation);
        if (submission is null)
            return Problems.NotFound("submission", id);
        var result = await originals.ReadAsync(submission, reason, user.Account(), cancellation);
        return Answers.Of(result);
    }

    private static async Task<IResult> GetAsync(
        string id,
        StationSubmissions own,
        IssueKeeper issues,
        PhotoDesk photos,
        CountyDirectory county,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var s = await own.FindAsync(id, user.StationCode(), cancellation);
        if (s is null)
            return Problems.NotFound("submission", id);
        if (user.OfficeCode() is { } office && s.Office != office)
            return Problems.Forbidden();
        var issue = s.IssueId is null ? null : await issues.FindAsync(s.IssueId, cancellation);
        return Results.Json(
            new
            {
                s.Id,
                s.Status,
                s.Title,
                s.Body,
                s.Place,
                s.OccurredOn,
                s.Kind,
                s.Station,
                s.Forum,
                Photos = PhotosApi.List(
                    s,
                    await user.PhotosOfAsync(s, photos, issues, cancellation)
                ),
                s.SourceId,
                s.SaidAt,
                s.ReceivedAt,
                Category = s.Category is null
                    ? null
                    : new
                    {
                        Code = s.Category,
                        county.Category(s.Category)?.Name,
                        s.Confidence,
                        Alternatives = s.Alternatives.Select(a => new
                        {
                            a.Code,
                            county.Category(a.Code)?.Name,
                            a.Confidence,
                        }),
                        Finer = Finer(s, county),
                    },
                Office = s.Office is null
                    ? null
                    : new { Code = s.Office, county.Office(s.Office)?.Name },
                s.DuplicateOf,
                IssueId = issue?.Id ?? s.IssueId,
                s.Attachment,
                s.NeedsReview,
                s.Notices,
                s.SplitFrom,
                s.SplitInto,
                s.ModelVersion,
                Reply = Receipts.ReplyTo(s, issue),
            },
            DocumentJson.Options
        );
    }

    /// <summary>What is said below a submission's category; null where nothing is.</summary>
    internal static object? Finer(Submission s, CountyDirectory county) =>
        s.Finer is { } finer
            ? new
            {
                finer.Code,
                county.Category(finer.Code)?.Name,
                finer.Confidence,
                finer.Sure,
            }
            : null;

    private static async Task<IResult> ReceiptAsync(
        string code,
        Receipts receipts,
        IssueKeeper issues,
        CountyDirectory county,
        CancellationToken cancellation
    )
    {
        var submission = await receipts.FindAsync(code, cancellation);
        if (submission is null)
            return Problems.NotFound("receipt", "");
        var issue = submission.IssueId is null
            ? null
            : await issues.FindAsync(submission.IssueId, cancellation);
        var reply = Receipts.ReplyTo(submission, issue);
        return Results.Json(
            new
            {
                submission.Status,
                Reply = reply is null
                    ? null
                    : new
                    {
                        Office = county.Office(reply.Office)?.Name,
                        reply.Text,
                        reply.Settled,
                        reply.At,
                    },
            },
            DocumentJson.Options
        );
    }
}
