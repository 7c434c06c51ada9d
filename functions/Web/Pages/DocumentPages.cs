using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Rendering;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Pages;

/// <summary>A digest or a report as the printable page it is; the same that goes out.</summary>
internal static class DocumentPages
{
    public static void MapDocumentPages(this IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/digests/{id}",
                async (
                    string id,
                    HttpContext context,
                    IDocumentStore store,
                    CountyDirectory county,
                    CancellationToken cancellation
                ) =>
                {
                    var office = id.Split('-') is [_, var code, _] ? code : "";
                    var digest =
                        context.User.OfficeCode() is { } own && own != office
                            ? null
                            : await store.ReadAsync(Containers.Digests, office, id, cancellation);
                    return digest is null
                        ? Results.NotFound()
                        : Html(context, new DocumentRenderer(county).Of(digest.Document));
                }
            )
            .RequireAuthorization(Policies.AnswerPage);
        app.MapGet(
                "/reports/{id}/print",
                async (
                    string id,
                    HttpContext context,
                    ReportDesk desk,
                    CancellationToken cancellation
                ) =>
                    await desk.FindAsync(id, cancellation) is { } report
                        ? Html(context, DocumentRenderer.Of(report.Document))
                        : Results.NotFound()
            )
            .RequireAuthorization(Policies.GovernPage);
    }

    // The file carries its own style, so that it can be sent on; it has no script.
    private static IResult Html(HttpContext context, Page page)
    {
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
        return Results.Content(HtmlWriter.Write(page), "text/html; charset=utf-8");
    }
}
