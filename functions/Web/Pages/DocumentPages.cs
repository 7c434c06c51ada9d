using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Rendering;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Pages;

/// <summary>A digest or a report as the printable page it is, and as a Word file; the same that goes out.</summary>
internal static class DocumentPages
{
    public static void MapDocumentPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/digests/{id}", DigestAsync).RequireAuthorization(Policies.AnswerPage);
        app.MapGet("/digests/{id}/docx", DigestAsync).RequireAuthorization(Policies.AnswerPage);
        app.MapGet("/reports/{id}/print", ReportAsync).RequireAuthorization(Policies.GovernPage);
        app.MapGet("/reports/{id}/docx", ReportAsync).RequireAuthorization(Policies.GovernPage);
    }

    private static async Task<IResult> DigestAsync(
        string id,
        HttpContext context,
        IDocumentStore store,
        CountyDirectory county,
        CancellationToken cancellation
    )
    {
        var office = id.Split('-') is [_, var code, _] ? code : "";
        var digest =
            context.User.OfficeCode() is { } own && own != office
                ? null
                : await store.ReadAsync(Containers.Digests, office, id, cancellation);
        return digest is null
            ? Results.NotFound()
            : Answer(context, new DocumentRenderer(county).Of(digest.Document), id);
    }

    private static async Task<IResult> ReportAsync(
        string id,
        HttpContext context,
        ReportDesk desk,
        CountyDirectory county,
        CancellationToken cancellation
    ) =>
        (await desk.FindAsync(id, cancellation))?.Document is { } report
            ? Answer(context, new DocumentRenderer(county).Of(report), report.Number ?? id)
            : Results.NotFound();

    private static IResult Answer(HttpContext context, Page page, string name)
    {
        if (context.Request.Path.Value!.EndsWith("/docx", StringComparison.Ordinal))
            return Results.File(DocxWriter.Write(page), DocxWriter.MediaType, name + ".docx");
        // The file carries its own style, so that it can be sent on; it has no script.
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
        return Results.Content(HtmlWriter.Write(page), "text/html; charset=utf-8");
    }
}
