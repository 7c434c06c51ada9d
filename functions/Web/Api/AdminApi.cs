using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>What an operator looks after: messages that could not be worked off.</summary>
internal static class AdminApi
{
    public static void MapAdmin(this RouteGroupBuilder api)
    {
        var admin = api.MapGroup("/admin").RequireAuthorization(Policies.Administer);
        admin.MapGet(
            "/poison",
            async (IMessageQueue queue, CancellationToken cancellation) =>
                Results.Json(
                    new { Items = await queue.PoisonAsync(cancellation) },
                    DocumentJson.Options
                )
        );
        admin.MapPost(
            "/poison/{id}/retry",
            async (string id, IMessageQueue queue, CancellationToken cancellation) =>
                await queue.RetryPoisonAsync(id, cancellation)
                    ? Results.Accepted()
                    : Problems.NotFound("poison message", id)
        );
    }
}
