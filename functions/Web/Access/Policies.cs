using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using OpinionPipeline.Pipeline.Access;

namespace OpinionPipeline.Web.Access;

/// <summary>Who may do what. The API knows keys alone: a page somewhere else cannot make a browser use it.</summary>
internal static class Policies
{
    public const string AnyKey = nameof(AnyKey);
    public const string Submit = nameof(Submit);
    public const string Answer = nameof(Answer);
    public const string Govern = nameof(Govern);
    public const string Train = nameof(Train);
    public const string Administer = nameof(Administer);
    public const string Page = nameof(Page);

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services
            .AddAuthentication(KeyAuthentication.SchemeName)
            .AddScheme<
                Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions,
                KeyAuthentication
            >(KeyAuthentication.SchemeName, null)
            .AddCookie(options =>
            {
                options.LoginPath = "/sign-in";
                options.Cookie.Name = "op";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Strict;
                options.ExpireTimeSpan = TimeSpan.FromDays(14);
            });
        services
            .AddAuthorizationBuilder()
            .AddPolicy(AnyKey, Keys(Role.Station, Role.Office, Role.Committee, Role.Trainer))
            .AddPolicy(Submit, Keys(Role.Station, Role.Committee))
            .AddPolicy(Answer, Keys(Role.Office, Role.Committee))
            .AddPolicy(Govern, Keys(Role.Committee))
            .AddPolicy(Train, Keys(Role.Trainer, Role.Committee))
            .AddPolicy(Administer, Keys())
            .AddPolicy(
                Page,
                p =>
                    p.AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme)
                        .RequireAuthenticatedUser()
            );
        return services;
    }

    // An administrator may do everything.
    private static Action<AuthorizationPolicyBuilder> Keys(params Role[] roles) =>
        policy =>
            policy
                .AddAuthenticationSchemes(KeyAuthentication.SchemeName)
                .RequireRole([.. roles.Append(Role.Admin).Select(r => r.ToString())]);
}
