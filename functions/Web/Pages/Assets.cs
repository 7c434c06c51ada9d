using OpinionPipeline.Web.Pages.Guide;

namespace OpinionPipeline.Web.Pages;

/// <summary>The pages' own scripts and icon, served from the assembly; nothing comes from elsewhere.</summary>
internal static class Assets
{
    private static readonly (string Name, string Type)[] Files =
    [
        ("app.js", "text/javascript; charset=utf-8"),
        ("app.webmanifest", "application/manifest+json; charset=utf-8"),
        ("labels.js", "text/javascript; charset=utf-8"),
        ("live.js", "text/javascript; charset=utf-8"),
        ("outbox.js", "text/javascript; charset=utf-8"),
        ("submit.js", "text/javascript; charset=utf-8"),
        ("sw.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ];

    private static readonly DateTimeOffset BuildTime = File.GetLastWriteTimeUtc(
        typeof(Assets).Assembly.Location
    );

    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        foreach (
            var (name, type) in Files.Concat(GuideTexts.Pictures.Select(p => (p, "image/png")))
        )
            app.MapGet(
                    "/" + name,
                    (HttpContext context) =>
                    {
                        // Kept, but asked for again: a new version shows at once.
                        context.Response.Headers.CacheControl = "no-cache";
                        return Results.Stream(
                            typeof(Assets).Assembly.GetManifestResourceStream(name)!,
                            type,
                            lastModified: BuildTime
                        );
                    }
                )
                .ExcludeFromDescription();
    }
}
