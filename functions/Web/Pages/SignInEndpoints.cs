using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Web.Access;
using OpinionPipeline.Web.Components;

namespace OpinionPipeline.Web.Pages;

/// <summary>Into the pages by a one-time link or by a key, and out again.</summary>
internal static class SignInEndpoints
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet(
            "/sign-in/{token}",
            async (string token, HttpContext context, Keys keys) =>
                await EnterAsync(
                    context,
                    await keys.RedeemAsync(token, context.RequestAborted),
                    null
                )
        );
        // No forgery to fear: whoever sends the form must know the key.
        app.MapPost(
                "/sign-in",
                async (
                    [FromForm] string? key,
                    [FromForm] string? to,
                    HttpContext context,
                    Keys keys
                ) =>
                    await EnterAsync(
                        context,
                        await keys.FindAsync((key ?? "").Trim(), context.RequestAborted),
                        to
                    )
            )
            .DisableAntiforgery()
            // Before the page of that address, which would take what is posted too.
            .WithOrder(-1);
        app.MapPost(
            "/sign-out",
            // A form parameter makes the framework check that the form is ours.
            async ([FromForm(Name = "_")] string? nothing, HttpContext context) =>
            {
                await context.SignOutAsync(Scheme);
                return Results.Redirect("/sign-in");
            }
        );
    }

    private static async Task<IResult> EnterAsync(HttpContext context, ApiKey? key, string? to)
    {
        to = Links.Local(to);
        if (key is null)
            return Results.Redirect(
                "/sign-in?failed=true" + (to is null ? "" : $"&to={Uri.EscapeDataString(to)}")
            );
        var user = KeyAuthentication.Principal(key, Scheme);
        // Kept when the browser closes: a phone's unsent submissions go out when it is opened again.
        await context.SignInAsync(
            Scheme,
            user,
            new AuthenticationProperties { IsPersistent = true }
        );
        return Results.Redirect(to ?? Menu.Home(user));
    }
}
