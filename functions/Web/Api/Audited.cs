using OpinionPipeline.Pipeline.Audit;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>Sets down every change that a person makes through the API. Submitting is not among them: a submission itself says who recorded it.</summary>
internal static class Audited
{
    public static TBuilder SetDown<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes.AddEndpointFilter(
            async (context, next) =>
            {
                var answer = await next(context);
                var http = context.HttpContext;
                if (
                    !HttpMethods.IsGet(http.Request.Method)
                    && answer is IStatusCodeHttpResult { StatusCode: null or < 400 }
                )
                    await http
                        .RequestServices.GetRequiredService<AuditLog>()
                        .WriteAsync(
                            http.User.Account(),
                            $"{http.Request.Method} {(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}",
                            string.Join(
                                '/',
                                http.Request.RouteValues.Values.Select(v => v?.ToString())
                            ),
                            null,
                            http.RequestAborted
                        );
                return answer;
            }
        );
}
