using System.Security.Claims;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>Models: asking for one, comparing, promoting, going back.</summary>
internal static class ModelsApi
{
    public static void MapModels(this RouteGroupBuilder api)
    {
        var models = api.MapGroup("/models").RequireAuthorization(Policies.Train);
        models.MapPost("/train", TrainAsync);
        models.MapGet("", ListAsync);
        models.MapGet("/drift", DriftAsync);
        models.MapGet("/{id}", GetAsync);
        models.MapPost("/{id}/cancel", CancelAsync);
        models.MapPost("/{id}/promote", PromoteAsync);
        models.MapPost("/rollback", RollBackAsync);
    }

    private static async Task<IResult> TrainAsync(
        ModelDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var result = await desk.StartAsync(user.Account(), cancellation);
        return Answers.Of(
            result,
            done => new { done.Id, done.Status },
            StatusCodes.Status202Accepted
        );
    }

    private static async Task<IResult> ListAsync(
        ModelDesk desk,
        ModelShelf shelf,
        CancellationToken cancellation
    )
    {
        var all = await desk.ListAsync(cancellation);
        var line = await shelf.LineAsync(cancellation);
        return Results.Json(
            new
            {
                InForce = line[0],
                Before = line.Skip(1),
                Items = all.Select(m => new
                {
                    m.Id,
                    m.Status,
                    m.Percent,
                    m.CreatedAt,
                    m.By,
                    InForce = m.Id == line[0],
                    Documents = m.Card?.Documents,
                    MacroF1 = m.Quality?.MacroF1,
                    Ece = m.Quality?.CalibrationError,
                    m.Comparison?.Promotable,
                    m.Failure,
                }),
            },
            DocumentJson.Options
        );
    }

    private static async Task<IResult> GetAsync(
        string id,
        ModelDesk desk,
        ModelShelf shelf,
        CancellationToken cancellation
    )
    {
        if (await desk.FindAsync(id, cancellation) is not { } m)
            return Problems.NotFound("model", id);
        return Results.Json(
            new
            {
                m.Id,
                m.Status,
                m.Percent,
                m.CreatedAt,
                m.By,
                InForce = (await shelf.LineAsync(cancellation))[0] == id,
                m.Failure,
                m.Data,
                m.Card,
                m.Matters,
                Holdout = m.Quality is { } quality
                    ? new
                    {
                        quality.Documents,
                        quality.MacroF1,
                        quality.Accuracy,
                        Ece = quality.CalibrationError,
                        quality.PerClass,
                        quality.Reliability,
                    }
                    : null,
                m.Comparison,
            },
            DocumentJson.Options
        );
    }

    private static async Task<IResult> CancelAsync(
        string id,
        ModelDesk desk,
        CancellationToken cancellation
    )
    {
        var result = await desk.CancelAsync(id, cancellation);
        return Answers.Of(result, done => new { done.Id, done.Status });
    }

    private static async Task<IResult> PromoteAsync(
        string id,
        bool? force,
        ModelDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        if (force == true && !user.Is(Role.Admin))
            return Problems.Forbidden();
        var result = await desk.PromoteAsync(id, force == true, user.Account(), cancellation);
        return Answers.Of(result, done => new { InForce = done.Id });
    }

    private static async Task<IResult> RollBackAsync(
        ModelDesk desk,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var result = await desk.RollBackAsync(user.Account(), cancellation);
        return Answers.Of(result, done => new { InForce = done });
    }

    private static async Task<IResult> DriftAsync(
        Drift drift,
        int? weeks,
        CancellationToken cancellation
    )
    {
        var asked = weeks ?? Drift.UsualWeeks;
        if (Drift.Check(asked) is { } fault)
            return Problems.Of(fault);
        return Results.Json(
            new { Items = await drift.ByWeekAsync(asked, cancellation) },
            DocumentJson.Options
        );
    }
}
