using OpinionPipeline.Web.Pages;

namespace OpinionPipeline.Web;

/// <summary>Tells browsers that everything a page needs comes from here, and that nobody may frame it.</summary>
internal sealed class SafeHeaders(RequestDelegate next)
{
    private static readonly string Policy =
        $"default-src 'self'; style-src 'self' {Styles.Source}; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment: what failed is answered with headers cleared. A page may have a policy of its own.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.TryAdd("Content-Security-Policy", Policy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "same-origin");
            return Task.CompletedTask;
        });
        return next(context);
    }
}
