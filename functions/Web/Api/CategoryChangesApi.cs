using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>What a changed taxonomy does to labels and models: first told, then done.</summary>
internal static class CategoryChangesApi
{
    public static void MapCategoryChanges(this RouteGroupBuilder api)
    {
        api.MapGet(
                "/categories/changes",
                async (TaxonomyReview review, CancellationToken cancellation) =>
                    Results.Json(await review.PlanAsync(cancellation), DocumentJson.Options)
            )
            .RequireAuthorization(Policies.Train);
        api.MapPost(
                "/categories/changes",
                async (TaxonomyReview review, CancellationToken cancellation) =>
                    Results.Json(await review.ApplyAsync(cancellation), DocumentJson.Options)
            )
            .RequireAuthorization(Policies.Administer);
    }
}
