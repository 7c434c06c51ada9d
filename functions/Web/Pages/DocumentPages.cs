using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Rendering;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Web.Access;
using OpinionPipeline.Web.Api;

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
                    IDocumentStore store,
                    CountyDirectory county,
                    CancellationToken cancellation
                ) =>
                    await store.ReadAsync(
                        Containers.Digests,
                        id.Split('-') is [_, var office, _] ? office : "",
                        id,
                        cancellation
                    )
                        is { } digest
                        ? Html(new DocumentRenderer(county).Of(digest.Document))
                        : Problems.NotFound("digest", id)
            )
            .RequireAuthorization(Policies.Page);
        app.MapGet(
                "/reports/{id}",
                async (string id, ReportDesk desk, CancellationToken cancellation) =>
                    await desk.FindAsync(id, cancellation) is { } report
                        ? Html(DocumentRenderer.Of(report.Document))
                        : Problems.NotFound("report", id)
            )
            .RequireAuthorization(Policies.Page);
    }

    private static IResult Html(Page page) =>
        Results.Content(HtmlWriter.Write(page), "text/html; charset=utf-8");
}
