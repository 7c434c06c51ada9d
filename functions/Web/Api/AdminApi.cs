using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Audit;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>What an operator looks after: messages that could not be worked off, and who did what.</summary>
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
        admin.MapGet(
            "/audit",
            (MonthPages pages, string? after, string? subject, CancellationToken cancellation) =>
                pages.AnswerAsync(
                    month => new Query<AuditEntry>(Containers.Audit, "recent", month),
                    after,
                    entry => subject is null || entry.Subject == subject,
                    entry => entry,
                    cancellation
                )
        );
    }
}
