namespace OpinionPipeline.Web;

/// <summary>HEAD is answered as GET would be, without the body: endpoints are mapped for GET alone.</summary>
internal static class Heads
{
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        // A one-time link is used up by a GET: who only looks whether it is there must not.
        if (
            !HttpMethods.IsHead(request.Method)
            || request.Path.StartsWithSegments("/sign-in", out var token) && token.HasValue
        )
        {
            await next(context);
            return;
        }
        // The server leaves the body out itself, if it sees the method that was asked for before the answer begins.
        request.Method = HttpMethods.Get;
        context.Response.OnStarting(() =>
        {
            request.Method = HttpMethods.Head;
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        finally
        {
            request.Method = HttpMethods.Head;
        }
    }
}
