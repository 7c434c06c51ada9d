using OpinionPipeline.Pipeline.Accounts;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Web.Access;
using OpinionPipeline.Web.Pages.Accounts;

namespace OpinionPipeline.Web.Api;

/// <summary>A month's account, by the Accept header as JSON, HTML or Word.</summary>
internal static class AccountsApi
{
    public static void MapAccounts(this RouteGroupBuilder api) =>
        api.MapGet("/accounts/{month}", GetAsync)
            .RequireAuthorization(Policies.Govern)
            .WithSummary("What came in during a month such as 2026-11, and what became of it.");

    private static async Task<IResult> GetAsync(
        string month,
        HttpRequest http,
        RecentAccounts accounts,
        CountyDirectory county,
        DigestOptions options,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (!AccountFiles.TryMonth(month, time, out var day))
            return Problems.NotFound("account", month);
        var account = await accounts.OfAsync(day, cancellation);
        var page = new AccountPage(county, options, english: false).Of(account);
        return DocumentsApi.Render(http, account, page, "account-" + Report.MonthOf(day));
    }
}
