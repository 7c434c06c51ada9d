using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Photos;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Web.Access;
using OpinionPipeline.Web.Api;

namespace OpinionPipeline.Web.Pages.Submitting;

/// <summary>What the submit page's script asks: matters like the one being typed, and to take what was written before.</summary>
internal static class OutboxEndpoints
{
    public static void MapOutbox(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("")
            .RequireAuthorization(Policies.SubmitPage)
            .ExcludeFromDescription();
        // A page kept for offline use holds an old token, perhaps another account's.
        pages.MapGet(
            "/outbox",
            (HttpContext context, IAntiforgery antiforgery) =>
            {
                var tokens = antiforgery.GetAndStoreTokens(context);
                return Results.Json(
                    new
                    {
                        Account = context.User.Account(),
                        Field = tokens.FormFieldName,
                        Token = tokens.RequestToken,
                    },
                    DocumentJson.Options
                );
            }
        );
        pages.MapPost("/outbox", TakeAsync);
        pages.MapPost(
            "/similar",
            async (
                [FromForm] IFormCollection form,
                SimilarMatters similar,
                CancellationToken cancellation
            ) =>
            {
                var typed = SubmitForm.Read(form);
                return new RazorComponentResult<SimilarList>(
                    new
                    {
                        Matters = await similar.FindAsync(
                            typed.Title,
                            typed.Body,
                            typed.Place,
                            cancellation
                        ),
                        Chosen = typed.Joins,
                    }
                );
            }
        );
    }

    private static async Task<IResult> TakeAsync(
        [FromForm] IFormCollection form,
        Intake intake,
        PhotoDesk photos,
        ChosenPhotos chosen,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        // Written under one account and sent under another it would be the wrong station's.
        if (form["account"] != user.Account())
            return Problems.Of(
                new Rejection(
                    "account.other",
                    null,
                    "这是用另一个账号写的。",
                    "This was written under another account."
                )
                {
                    Status = 409,
                }
            );
        var (jpegs, faults) = await chosen.ReadAsync(form, user.Account(), cancellation);
        if (faults.Count > 0)
            return Problems.Of(faults);
        var result = await SubmitForm
            .Read(form)
            .HandInAsync(intake, photos, jpegs, user, cancellation);
        return result.IsOk
            ? Results.Json(
                new { result.Value.Id, result.Value.Receipt },
                DocumentJson.Options,
                statusCode: StatusCodes.Status202Accepted
            )
            : Problems.Of(result.Rejections);
    }
}
