using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>The routing rules, and what others would have done; nothing is changed by asking.</summary>
internal static class RoutingApi
{
    public static void MapRouting(this RouteGroupBuilder api)
    {
        var routing = api.MapGroup("/admin/routing").RequireAuthorization(Policies.Administer);
        routing.MapGet(
            "",
            (CountyDirectory county) =>
                Results.Json(
                    new { Items = county.Routing.Rules, county.Routing.Otherwise },
                    DocumentJson.Options
                )
        );
        routing.MapPost("/try", TryAsync);
    }

    private static async Task<IResult> TryAsync(
        HttpRequest request,
        RoutingReview review,
        CountyDirectory county,
        CancellationToken cancellation
    )
    {
        var (asked, fault) = await Body.JsonAsync<Asked>(request, cancellation);
        if (asked is null)
            return fault!;
        var rules = asked.File is { } file
            ? RoutingFile.Read(file, county)
            : review.Change(asked.Category, asked.Office);
        return rules.IsOk
            ? Results.Json(
                await review.TryAsync(rules.Value, asked.Last ?? RoutingReview.Usual, cancellation),
                DocumentJson.Options
            )
            : Problems.Of(rules.Rejections);
    }

    /// <param name="Category">Code of the category whose rule is tried.</param>
    /// <param name="Office">Code of its office; none takes its rule away.</param>
    /// <param name="File">The text of a whole routing.csv, instead of the two.</param>
    /// <param name="Last">Issues looked at.</param>
    private sealed record Asked(string? Category, string? Office, string? File, int? Last);
}
