using System.Text;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>The county's files as CSV, read and replaced with the checks that the pages make.</summary>
internal static class CountyApi
{
    private const int MostBytes = 1 << 20;

    public static void MapCounty(this RouteGroupBuilder api)
    {
        var county = api.MapGroup("/county").RequireAuthorization(Policies.Administer);
        county.MapGet("", ListAsync);
        county.MapGet("/{file}", GetAsync);
        county.MapPut("/{file}", PutAsync);
        county.MapDelete("/{file}", SeedsAsync);
        county.MapPost("/back", BackAsync);
    }

    private static async Task<IResult> ListAsync(CountyDesk desk, CancellationToken cancellation) =>
        Results.Json(
            new
            {
                Files = CountySheets.All.Select(s => s.Slug),
                Editions = (await desk.LastAsync(50, cancellation)).Select(e => new
                {
                    e.Number,
                    e.At,
                    e.By,
                    e.Changes,
                    e.TookBack,
                }),
            },
            DocumentJson.Options
        );

    private static async Task<IResult> GetAsync(
        string file,
        CountyDesk desk,
        HttpResponse response,
        CancellationToken cancellation
    )
    {
        if (CountySheets.Of(file) is not { } sheet)
            return Problems.NotFound("file", file);
        var (table, text) = await desk.TextAsync(sheet, cancellation);
        response.Headers.ETag = $"\"{table.Version}\"";
        return Results.Text(text, "text/csv", Encoding.UTF8);
    }

    // If-Match names the text that was read; without it, whatever there is is replaced.
    private static async Task<IResult> PutAsync(
        string file,
        HttpRequest request,
        CountyDesk desk,
        CancellationToken cancellation
    )
    {
        var (body, fault) = await Body.ReadAsync(request, MostBytes, cancellation);
        if (body is null)
            return fault!;
        using var reader = new StreamReader(body);
        var version = request.Headers.IfMatch.ToString() is var match and not "*"
            ? match.Trim('"')
            : "";
        var saved = await desk.SaveAsync(
            new(file, version.Length > 0 ? version : null, EditKind.Whole)
            {
                Text = await reader.ReadToEndAsync(cancellation),
            },
            request.HttpContext.User.Account(),
            cancellation
        );
        return Saved(saved);
    }

    // The edits of a file are gone, not the file: it is again as it came with the product.
    private static async Task<IResult> SeedsAsync(
        string file,
        HttpRequest request,
        CountyDesk desk,
        CancellationToken cancellation
    )
    {
        var saved = await desk.SaveAsync(
            new(file, null, EditKind.Seeds),
            request.HttpContext.User.Account(),
            cancellation
        );
        return Saved(saved);
    }

    private static async Task<IResult> BackAsync(
        int edition,
        HttpRequest request,
        CountyDesk desk,
        CancellationToken cancellation
    )
    {
        var back = await desk.TakeBackAsync(
            edition,
            request.HttpContext.User.Account(),
            cancellation
        );
        return Saved(back);
    }

    private static IResult Saved(Result<CountyEdition> saved) =>
        saved.IsOk
            ? Results.Json(
                new
                {
                    saved.Value.Number,
                    saved.Value.Changes,
                    saved.Value.TookBack,
                },
                DocumentJson.Options
            )
            : Problems.Of(saved.Rejections);
}
