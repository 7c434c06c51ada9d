using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using OpinionPipeline.Pipeline.Access;

namespace OpinionPipeline.Web.Access;

/// <summary>A cookie lives no longer than its key, and whoever is refused is told so instead of sent round.</summary>
internal sealed class CookieEvents(Keys keys) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var key = context.Principal?.FindFirst("key")?.Value;
        if (
            key is not null
            && await keys.GetAsync(key, context.HttpContext.RequestAborted) is not null
        )
            return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(context.Scheme.Name);
    }

    // A script cannot fill in a form: it gets the status.
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!context.Request.Headers.Accept.ToString().StartsWith("application/json"))
            return base.RedirectToLogin(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(
        RedirectContext<CookieAuthenticationOptions> context
    )
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
