using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using OpinionPipeline.Pipeline.Access;

namespace OpinionPipeline.Web.Access;

/// <summary>
/// Who may do what. The API knows keys alone: a page somewhere else cannot make a browser use it. Pages know the cookie
/// alone, and each is for the same roles as the routes that do the same.
/// </summary>
internal static class Policies
{
    public const string AnyKey = nameof(AnyKey);
    public const string Submit = nameof(Submit);
    public const string Answer = nameof(Answer);
    public const string Govern = nameof(Govern);
    public const string Train = nameof(Train);
    public const string Administer = nameof(Administer);

    /// <summary>Whoever is signed in.</summary>
    public const string Page = nameof(Page);

    /// <summary>Whoever sees everything, masked.</summary>
    public const string ReadPage = nameof(ReadPage);
    public const string SubmitPage = nameof(SubmitPage);
    public const string AnswerPage = nameof(AnswerPage);
    public const string GovernPage = nameof(GovernPage);
    public const string TrainPage = nameof(TrainPage);
    public const string AdministerPage = nameof(AdministerPage);

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services
            // By default the cookie, for pages that anybody may see; each route of the API asks for a key by its policy.
            .AddAuthentication(Cookie)
            .AddScheme<
                Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions,
                KeyAuthentication
            >(KeyAuthentication.SchemeName, null)
            .AddCookie(options =>
            {
                options.LoginPath = "/sign-in";
                options.ReturnUrlParameter = "to";
                options.Cookie.Name = "op";
                options.Cookie.HttpOnly = true;
                // Not strict: whoever follows a sign-in link from a message would arrive without it.
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.ExpireTimeSpan = TimeSpan.FromDays(14);
                options.EventsType = typeof(CookieEvents);
            });
        services.AddScoped<CookieEvents>();
        services
            .AddAuthorizationBuilder()
            .AddPolicy(AnyKey, Keys(Role.Station, Role.Office, Role.Committee, Role.Trainer))
            .AddPolicy(Submit, Keys(Role.Station, Role.Committee))
            .AddPolicy(Answer, Keys(Role.Office, Role.Committee))
            .AddPolicy(Govern, Keys(Role.Committee))
            .AddPolicy(Train, Keys(Role.Trainer, Role.Committee))
            .AddPolicy(Administer, Keys())
            .AddPolicy(Page, p => p.AddAuthenticationSchemes(Cookie).RequireAuthenticatedUser())
            .AddPolicy(ReadPage, Pages(Role.Committee, Role.Trainer))
            .AddPolicy(SubmitPage, Pages(Role.Station, Role.Committee))
            .AddPolicy(AnswerPage, Pages(Role.Office, Role.Committee))
            .AddPolicy(GovernPage, Pages(Role.Committee))
            .AddPolicy(TrainPage, Pages(Role.Trainer, Role.Committee))
            .AddPolicy(AdministerPage, Pages());
        return services;
    }

    private const string Cookie = CookieAuthenticationDefaults.AuthenticationScheme;

    private static Action<AuthorizationPolicyBuilder> Keys(params Role[] roles) =>
        Roles(KeyAuthentication.SchemeName, roles);

    private static Action<AuthorizationPolicyBuilder> Pages(params Role[] roles) =>
        Roles(Cookie, roles);

    // An administrator may do everything.
    private static Action<AuthorizationPolicyBuilder> Roles(string scheme, Role[] roles) =>
        policy =>
            policy
                .AddAuthenticationSchemes(scheme)
                .RequireRole([.. roles.Append(Role.Admin).Select(r => r.ToString())]);
}
