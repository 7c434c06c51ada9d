using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Web.Api;

/// <summary>The county's directory; public, as it hangs on the wall of every station.</summary>
internal static class DirectoryApi
{
    public static void MapDirectory(this RouteGroupBuilder api)
    {
        api.MapGet("/stations", (CountyDirectory county) => Items(county.Stations))
            .AllowAnonymous();
        api.MapGet("/offices", (CountyDirectory county) => Items(county.Offices)).AllowAnonymous();
        api.MapGet("/categories", (CountyDirectory county) => Items(county.Categories))
            .AllowAnonymous();
    }

    private static IResult Items<T>(IReadOnlyList<T> items) =>
        Results.Json(new { Items = items }, DocumentJson.Options);
}
