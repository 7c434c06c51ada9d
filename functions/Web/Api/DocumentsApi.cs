using System.Security.Claims;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Rendering;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>Digests and reports: lists, each as JSON, HTML or Word by the Accept header, and what is done with them.</summary>
internal static class DocumentsApi
{
    private const int MostListed = 200;

    public static void MapDocuments(this RouteGroupBuilder api)
    {
        api.MapGet("/digests", ListDigestsAsync).RequireAuthorization(Policies.Answer);
        api.MapGet("/digests/{id}", GetDigestAsync).RequireAuthorization(Policies.Answer);
        api.MapPost("/digests/{id}/items/{n:int}/reply", ReplyAsync)
            .RequireAuthorization(Policies.Answer);
        api.MapGet("/reports", ListReportsAsync).RequireAuthorization(Policies.Govern);
        api.MapGet("/reports/{id}", GetReportAsync).RequireAuthorization(Policies.Govern);
        api.MapPost("/reports/{id}/submit", SubmitAsync).RequireAuthorization(Policies.Govern);
        api.MapPost("/reports/{id}/instruct", InstructAsync).RequireAuthorization(Policies.Govern);
        api.MapPost("/reports/{id}/edit", EditAsync).RequireAuthorization(Policies.Govern);
        api.MapPost("/reports/{id}/adopt", AdoptAsync).RequireAuthorization(Policies.Govern);
        api.MapPost("/reports/{id}/close", CloseAsync).RequireAuthorization(Policies.Govern);
    }

    private sealed record AdoptRequest(
        AdoptionLevel? Level,
        bool Combined,
        string? With,
        DateOnly? On
    );

    private sealed record SubmitRequest(string? Signer);

    private sealed record InstructRequest(string? Text, string? Office);

    private static async Task<IResult> ListDigestsAsync(
        string? office,
        IDocumentStore store,
        CountyDirectory county,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        if (user.OfficeCode() is { } own)
        {
            if (office is not null && office != own)
                return Problems.Forbidden();
            office = own;
        }
        var items = new List<object>();
        foreach (var code in office is null ? county.Offices.Select(o => o.Code) : [office])
        {
            var page = await store.QueryAsync(
                new Query<Digest>(Containers.Digests, "recent", code) { Limit = MostListed },
                cancellation
            );
            items.AddRange(
                page.Items.Select(d => new
                {
                    d.Document.Id,
                    d.Document.Office,
                    d.Document.From,
                    d.Document.To,
                    Items = d.Document.Items.Count,
                })
            );
        }
        return Results.Json(new { Items = items }, DocumentJson.Options);
    }

    private static async Task<IResult> GetDigestAsync(
        string id,
        HttpRequest http,
        IDocumentStore store,
        CountyDirectory county,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var office = id.Split('-') is [_, var code, _] ? code : "";
        var digest = await store.ReadAsync(Containers.Digests, office, id, cancellation);
        if (digest is null || user.OfficeCode() is { } own && own != office)
            return Problems.NotFound("digest", id);
        return Render(http, digest.Document, new DocumentRenderer(county).Of(digest.Document), id);
    }

    private static async Task<IResult> ReplyAsync(
        string id,
        int n,
        HttpRequest http,
        ReplyDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<NewReply>(http, cancellation);
        if (request is null)
            return fault!;
        var result = await desk.ReplyAsync(
            id,
            n,
            request,
            user.OfficeCode(),
            user.Account(),
            cancellation
        );
        return Answers.Of(result);
    }

    private static async Task<IResult> ListReportsAsync(
        ReportStatus? status,
        IDocumentStore store,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var items = new List<object>();
        for (var year = time.GetUtcNow().Year + 1; year > time.GetUtcNow().Year - 10; year--)
        {
            var page = await store.QueryAsync(
                status is { } wanted
                    ? new Query<Report>(Containers.Reports, "byStatus", $"{year}")
                    {
                        Equal = [wanted],
                        Limit = MostListed,
                    }
                    : new Query<Report>(Containers.Reports, "recent", $"{year}")
                    {
                        Limit = MostListed,
                    },
                cancellation
            );
            items.AddRange(
                page.Items.Select(r => new
                {
                    r.Document.Id,
                    r.Document.Number,
                    r.Document.Title,
                    r.Document.Status,
                    r.Document.IssueId,
                    r.Document.Count,
                    r.Document.Stations,
                    r.Document.DraftedAt,
                })
            );
        }
        return Results.Json(new { Items = items }, DocumentJson.Options);
    }

    private static async Task<IResult> GetReportAsync(
        string id,
        HttpRequest http,
        ReportDesk desk,
        CountyDirectory county,
        CancellationToken cancellation
    )
    {
        var report = await desk.FindAsync(id, cancellation);
        return report is null
            ? Problems.NotFound("report", id)
            : Render(http, report.Document, new DocumentRenderer(county).Of(report.Document), id);
    }

    private static async Task<IResult> SubmitAsync(
        string id,
        HttpRequest http,
        ReportDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<SubmitRequest>(
            http,
            cancellation,
            absent: new(null)
        );
        return request is null
            ? fault!
            : Answers.Of(await desk.SubmitAsync(id, request.Signer, user.Account(), cancellation));
    }

    private static async Task<IResult> InstructAsync(
        string id,
        HttpRequest http,
        ReportDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<InstructRequest>(http, cancellation);
        if (request is null)
            return fault!;
        var result = await desk.InstructAsync(
            id,
            request.Text,
            request.Office,
            user.Account(),
            cancellation
        );
        return Answers.Of(result);
    }

    private static async Task<IResult> EditAsync(
        string id,
        HttpRequest http,
        ReportDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<ReportText>(http, cancellation);
        return request is null
            ? fault!
            : Answers.Of(await desk.EditAsync(id, request, user.Account(), cancellation));
    }

    private static async Task<IResult> AdoptAsync(
        string id,
        HttpRequest http,
        ReportDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (request, fault) = await Body.JsonAsync<AdoptRequest>(http, cancellation);
        return request is null
            ? fault!
            : Answers.Of(
                await desk.AdoptAsync(
                    id,
                    request.Level,
                    request.Combined,
                    request.With,
                    request.On,
                    user.Account(),
                    cancellation
                )
            );
    }

    private static async Task<IResult> CloseAsync(
        string id,
        ReportDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => Answers.Of(await desk.CloseAsync(id, user.Account(), cancellation));

    /// <summary>The document as JSON, or the page it is as HTML or Word, as the request accepts.</summary>
    public static IResult Render<T>(HttpRequest http, T document, Page page, string id)
    {
        var accept = http.Headers.Accept.ToString();
        if (
            accept.Contains(DocxWriter.MediaType, StringComparison.OrdinalIgnoreCase)
            || accept.Contains("docx", StringComparison.OrdinalIgnoreCase)
        )
            return Results.File(DocxWriter.Write(page), DocxWriter.MediaType, id + ".docx");
        return accept.Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? Results.Content(HtmlWriter.Write(page), "text/html; charset=utf-8")
            : Results.Json(document, DocumentJson.Options);
    }
}
