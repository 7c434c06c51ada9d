using OpinionPipeline.Pipeline.Accounts;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Rendering;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Pages.Accounts;

/// <summary>A month's account as a file, in the language of the pages.</summary>
internal static class AccountFiles
{
    public static void MapAccountFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/account/{month}/csv",
                ([AsParameters] Request request) =>
                    FileAsync(request, "csv", "text/csv; charset=utf-8", CsvPageWriter.Write)
            )
            .RequireAuthorization(Policies.GovernPage)
            .ExcludeFromDescription();
        app.MapGet(
                "/account/{month}/docx",
                ([AsParameters] Request request) =>
                    FileAsync(request, "docx", DocxWriter.MediaType, DocxWriter.Write)
            )
            .RequireAuthorization(Policies.GovernPage)
            .ExcludeFromDescription();
    }

    /// <summary>The first day of a day's month.</summary>
    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>Reads 2026-11; false where it is none, or has not begun.</summary>
    public static bool TryMonth(string? text, TimeProvider time, out DateOnly month) =>
        DateOnly.TryParseExact(text, "yyyy-MM", out month)
        && month <= LocalTime.DayOf(time.GetUtcNow())
        && month.Year >= 2000;

    public readonly record struct Request(
        string Month,
        RecentAccounts Accounts,
        CountyDirectory County,
        DigestOptions Options,
        Words Words,
        TimeProvider Time,
        CancellationToken Cancellation
    );

    private static async Task<IResult> FileAsync(
        Request request,
        string kind,
        string type,
        Func<Page, byte[]> write
    )
    {
        if (!TryMonth(request.Month, request.Time, out var month))
            return Results.NotFound();
        var account = await request.Accounts.OfAsync(month, request.Cancellation);
        var page = new AccountPage(request.County, request.Options, request.Words.English).Of(
            account
        );
        return Results.File(write(page), type, $"account-{Report.MonthOf(month)}.{kind}");
    }
}
