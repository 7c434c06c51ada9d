using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpinionPipeline.Pipeline.Access;

namespace OpinionPipeline.Web.Access;

/// <summary>Signs requests in by <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Keys keys
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var key = await keys.FindAsync(header["Bearer ".Length..].Trim(), Context.RequestAborted);
        return key is null
            ? AuthenticateResult.Fail("unknown key")
            : AuthenticateResult.Success(new(Principal(key, SchemeName), SchemeName));
    }

    /// <summary>Who a key is, as ASP.NET Core knows people.</summary>
    public static ClaimsPrincipal Principal(ApiKey key, string scheme)
    {
        var claims = new List<Claim>
        {
            new("key", key.Id),
            new(ClaimTypes.Name, key.Name),
            new(ClaimTypes.Role, key.Role.ToString()),
        };
        if (key.Station is not null)
            claims.Add(new("station", key.Station));
        if (key.Office is not null)
            claims.Add(new("office", key.Office));
        return new(new ClaimsIdentity(claims, scheme));
    }
}

/// <summary>What the API asks of a signed-in principal.</summary>
internal static class PrincipalExtensions
{
    public static string Account(this ClaimsPrincipal user) => user.Identity?.Name ?? "";

    public static string? StationCode(this ClaimsPrincipal user) => user.FindFirstValue("station");

    public static string? OfficeCode(this ClaimsPrincipal user) => user.FindFirstValue("office");

    public static bool Is(this ClaimsPrincipal user, params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
            if (user.IsInRole(role.ToString()))
                return true;
        return false;
    }
}
