using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.WebEncoders;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Web.Access;
using OpinionPipeline.Web.Api;
using OpinionPipeline.Web.Pages;

namespace OpinionPipeline.Web;

/// <summary>Endpoints and pages, mapped by either host.</summary>
public static class WebApp
{
    private static readonly DateTimeOffset BuildTime = File.GetLastWriteTimeUtc(
        typeof(WebApp).Assembly.Location
    );

    /// <summary>Registers what the endpoints and pages need besides the pipeline.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        // It writes whole addresses, and what somebody searches for may be a name.
        services.AddLogging(log =>
            log.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
        );
        services.AddAccess();
        KeyRing.Add(services);
        services.AddOpenApi("v1");
        services.AddHttpContextAccessor();
        services.AddScoped<Words>();
        services.AddRazorComponents();
        // Chinese as it is: as numeric entities it would take eight bytes a character.
        services.Configure<WebEncoderOptions>(o =>
            o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All)
        );
        return services;
    }

    /// <summary>Puts everything into a host's own pipeline.</summary>
    public static void UseWeb(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(handler => handler.Run(FaultAsync));
        app.UseStatusCodePages(context => StatusAsync(context.HttpContext));
        app.UseRouting();
        app.Use(
            async (context, next) =>
            {
                await context
                    .RequestServices.GetRequiredService<ModelWatch>()
                    .RefreshAsync(context.RequestAborted);
                await next();
            }
        );
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseEndpoints(Map);
    }

    private static void Map(IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapGet("/healthz", () => "ok");
        app.MapGet("/readyz", () => "ready");
        var api = app.MapGroup("/api/v1");
        api.MapSubmissions();
        api.MapDirectory();
        var audited = api.MapGroup("").SetDown();
        audited.MapForums();
        audited.MapIssues();
        audited.MapDocuments();
        audited.MapLabels();
        audited.MapModels();
        audited.MapCategoryChanges();
        audited.MapAdmin();
        app.MapGet(
            "/app.css",
            () =>
                Results.Stream(
                    typeof(WebApp).Assembly.GetManifestResourceStream("app.css")!,
                    "text/css; charset=utf-8",
                    lastModified: BuildTime
                )
        );
        app.MapSignIn();
        app.MapDocumentPages();
        app.MapRazorComponents<App>();
    }

    // Names the fault, tells nothing of the machine; the log has the rest.
    private static Task FaultAsync(HttpContext context)
    {
        var rejection = context.Features.Get<IExceptionHandlerFeature>()?.Error
            is BadHttpRequestException bad
            ? new Rejection("request.invalid", null, "请求无效。", bad.Message)
            {
                Status = bad.StatusCode,
            }
            : new Rejection(
                "server.fault",
                null,
                "服务器出错，请稍后再试。",
                "The server failed; try again later."
            )
            {
                Status = 500,
            };
        return Problems.Of(rejection).ExecuteAsync(context);
    }

    private static Task StatusAsync(HttpContext context)
    {
        var (zh, en) = context.Response.StatusCode switch
        {
            401 => ("缺少密钥或密钥无效。", "The key is missing or not valid."),
            403 => ("此密钥无权这样做。", "This key may not do that."),
            404 => ("没有这个地址。", "There is no such address."),
            405 => ("此地址不支持这种方法。", "This address does not take that method."),
            _ => ("请求未能完成。", "The request could not be completed."),
        };
        return Problems
            .Of(
                new Rejection($"http.{context.Response.StatusCode}", null, zh, en)
                {
                    Status = context.Response.StatusCode,
                }
            )
            .ExecuteAsync(context);
    }
}
