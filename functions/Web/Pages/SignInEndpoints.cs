using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Pages;

/// <summary>Into the pages by a one-time link or by a key.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet(
            "/sign-in/{token}",
            async (string token, HttpContext context, Keys keys) =>
                await EnterAsync(context, await keys.RedeemAsync(token, context.RequestAborted))
        );
        // No forgery to fear: whoever sends the form must know the key.
        app.MapPost(
                "/sign-in",
                async (HttpContext context, Keys keys) =>
                {
                    var form = await context.Request.ReadFormAsync(context.RequestAborted);
                    return await EnterAsync(
                        context,
                        await keys.FindAsync(form["key"].ToString().Trim(), context.RequestAborted)
                    );
                }
            )
            .DisableAntiforgery()
            // Before the page of that address, which would take what is posted too.
            .WithOrder(-1);
    }

    // Pages show everything, masked: for the committee's own staff. Stations and offices have the API until they have pages of their own.
    private static async Task<IResult> EnterAsync(HttpContext context, ApiKey? key)
    {
        if (key is null || key.Role is Role.Station or Role.Office)
            return Results.Redirect("/sign-in?failed=true");
        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            KeyAuthentication.Principal(key, CookieAuthenticationDefaults.AuthenticationScheme)
        );
        return Results.Redirect("/");
    }
}
