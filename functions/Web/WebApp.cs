using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.WebEncoders;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Web.Access;
using OpinionPipeline.Web.Api;
using OpinionPipeline.Web.Pages;
using OpinionPipeline.Web.Pages.Accounts;
using OpinionPipeline.Web.Pages.Photos;
using OpinionPipeline.Web.Pages.Submitting;

namespace OpinionPipeline.Web;

/// <summary>Endpoints and pages, mapped by either host.</summary>
public static class WebApp
{
    /// <summary>Registers what the endpoints and pages need besides the pipeline.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        // It writes whole addresses, and what somebody searches for may be a name.
        services.AddLogging(log =>
            log.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
        );
        // Over HTTPS too: the secret of a page, its form's token, is sealed anew each time, so that the length tells
        // nothing of it.
        services.AddResponseCompression(o => o.EnableForHttps = true);
        services.AddAccess();
        KeyRing.Add(services);
        services.AddOpenApi("v1");
        services.AddHttpContextAccessor();
        services.AddScoped<Words>();
        services.AddScoped<Deeds>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<ChosenPhotos>();
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
        app.UseResponseCompression();
        app.UseMiddleware<SafeHeaders>();
        app.Use(Heads.AnswerAsync);
        app.UseExceptionHandler(handler => handler.Run(Refusals.FaultAsync));
        app.UseStatusCodePages(context => Refusals.StatusAsync(context.HttpContext));
        app.Use(Refusals.BareAsync);
        app.UseRouting();
        app.Use(
            async (context, next) =>
            {
                var services = context.RequestServices;
                await services
                    .GetRequiredService<CountyWatch>()
                    .RefreshAsync(context.RequestAborted);
                await services
                    .GetRequiredService<ModelWatch>()
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
        api.MapRouting();
        var audited = api.MapGroup("").SetDown();
        audited.MapForums();
        audited.MapIssues();
        audited.MapDocuments();
        audited.MapAccounts();
        audited.MapLabels();
        audited.MapModels();
        audited.MapCategoryChanges();
        audited.MapAdmin();
        audited.MapCounty();
        app.MapAssets();
        app.MapSignIn();
        app.MapDocumentPages();
        app.MapAccountFiles();
        app.MapPhotoFiles();
        app.MapOutbox();
        app.MapRazorComponents<App>();
    }
}
