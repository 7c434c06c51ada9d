using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using OpinionPipeline.Web;

namespace OpinionPipeline.App;

/// <summary>Every request, whatever its path, goes to the endpoints and pages that the other host serves too.</summary>
public sealed class Http(RequestDelegate web, IHttpContextAccessor current)
{
    /// <summary>Those endpoints and pages as one delegate, to be made once.</summary>
    internal static RequestDelegate Pipeline(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseWeb();
        return app.Build();
    }

    // All methods are named, because the host answers 404 to one that is not.
    [Function("http")]
    public Task HandleAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "GET",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "HEAD",
            "OPTIONS",
            Route = "{*path}"
        )]
            HttpRequest request
    )
    {
        // The worker has routed the request to this function already; it is to be routed once more.
        request.HttpContext.SetEndpoint(null);
        request.RouteValues.Clear();
        // The host calls the function on a thread that knows nothing of the request.
        current.HttpContext = request.HttpContext;
        return web(request.HttpContext);
    }
}
