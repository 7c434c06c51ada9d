using System.Security.Claims;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>What people say a submission's category is, and what they should look at next.</summary>
internal static class LabelsApi
{
    private const int PageSize = 50;
    private const int Usual = 20;

    public static void MapLabels(this RouteGroupBuilder api)
    {
        var labels = api.MapGroup("/labels").RequireAuthorization(Policies.Train);
        labels.MapPost("", LabelAsync);
        labels.MapGet("", ListAsync);
        labels.MapGet("/next", NextAsync);
    }

    private sealed record LabelRequest(string? SubmissionId, string? Category);

    private static async Task<IResult> LabelAsync(
        HttpRequest http,
        LabelDesk desk,
        IDocumentStore store,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<LabelRequest>(http, cancellation);
        if (request is null)
            return fault!;
        var result = await desk.LabelAsync(
            request.SubmissionId,
            request.Category,
            source: null,
            user.Account(),
            cancellation
        );
        if (!result.IsOk)
            return Problems.Of(result.Rejections);
        var own = result.Value.First(l => l.By == user.Account());
        return Results.Json(
            new
            {
                own.SubmissionId,
                own.Category,
                (await store.SubmissionAsync(own.SubmissionId, cancellation))?.Office,
                own.Disagreed,
                Labels = result.Value.Select(Shape),
            },
            DocumentJson.Options
        );
    }

    private static async Task<IResult> ListAsync(
        LabelDesk desk,
        bool? disagreed,
        string? after,
        CancellationToken cancellation
    )
    {
        try
        {
            var page = await desk.ListAsync(disagreed, after, PageSize, cancellation);
            return Results.Json(
                new { Items = page.Items.Select(l => Shape(l.Document)), page.Next },
                DocumentJson.Options
            );
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return Lists.NoSuchPlace();
        }
    }

    private static async Task<IResult> NextAsync(
        ReviewQueue reviews,
        CountyDirectory county,
        int? n,
        CancellationToken cancellation
    )
    {
        if (n is < 1 or > ReviewQueue.Most)
            return Problems.Of(
                new Rejection(
                    "n.range",
                    "n",
                    $"n 应在 1 到 {ReviewQueue.Most} 之间。",
                    $"n must lie between 1 and {ReviewQueue.Most}."
                )
            );
        var next = await reviews.NextAsync(n ?? Usual, cancellation);
        return Results.Json(
            new
            {
                Items = next.Select(s => new
                {
                    s.Id,
                    s.Title,
                    s.Body,
                    s.ReceivedAt,
                    Category = s.Category is null
                        ? null
                        : new
                        {
                            Code = s.Category,
                            county.Category(s.Category)?.Name,
                            s.Confidence,
                            Finer = SubmissionsApi.Finer(s, county),
                        },
                    Alternatives = s.Alternatives.Select(a => new
                    {
                        a.Code,
                        county.Category(a.Code)?.Name,
                        a.Confidence,
                    }),
                    Margin = Math.Round(ReviewQueue.Margin(s), 4),
                    s.Notices,
                }),
            },
            DocumentJson.Options
        );
    }

    private static object Shape(Label l) =>
        new
        {
            l.SubmissionId,
            l.Category,
            l.By,
            l.At,
            l.Source,
            l.Disagreed,
            Model = l.ModelVersion is null
                ? null
                : new
                {
                    Category = l.ModelCategory,
                    Confidence = l.ModelConfidence,
                    Version = l.ModelVersion,
                },
        };
}
