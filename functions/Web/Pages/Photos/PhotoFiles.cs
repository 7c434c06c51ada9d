using System.Security.Claims;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Photos;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Pages.Photos;

/// <summary>Who sees the photos of a submission, and the files themselves; the same by cookie and by key.</summary>
internal static class PhotoFiles
{
    public static void MapPhotoFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/submissions/{id}/photos/{name}", AnswerAsync)
            .RequireAuthorization(Policies.Page)
            .ExcludeFromDescription();

    /// <summary>
    /// True for the station that sent it, the office that answers it or its issue, and the committee: fewer than see the
    /// text, since nobody can mask who is in a picture.
    /// </summary>
    private static async Task<bool> MaySeePhotosAsync(
        this ClaimsPrincipal user,
        Submission submission,
        IssueKeeper issues,
        CancellationToken cancellation
    )
    {
        if (user.StationCode() is { } station)
            return submission.Station == station;
        if (user.OfficeCode() is { } office)
            return submission.Office == office
                || submission.IssueId is { } issue
                    && (await issues.FindAsync(issue, cancellation))?.Office == office;
        return user.Is(Role.Committee, Role.Admin);
    }

    /// <summary>The photos of a submission that this reader sees. Most have none: then nobody is asked who may.</summary>
    public static async Task<IReadOnlyList<Photo>> PhotosOfAsync(
        this ClaimsPrincipal user,
        Submission submission,
        PhotoDesk photos,
        IssueKeeper issues,
        CancellationToken cancellation
    ) =>
        await photos.OfAsync(submission, cancellation) is { Count: > 0 } there
        && await user.MaySeePhotosAsync(submission, issues, cancellation)
            ? there
            : [];

    /// <summary>The photo, or a small one for a list; 404 also where it is not for this reader.</summary>
    public static async Task<IResult> AnswerAsync(
        string id,
        string name,
        bool? small,
        IDocumentStore store,
        IssueKeeper issues,
        PhotoDesk photos,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var submission = await store.SubmissionAsync(id, cancellation);
        if (
            submission is null
            || !await context.User.MaySeePhotosAsync(submission, issues, cancellation)
            || await photos.OpenAsync(submission, name, cancellation) is not { } jpeg
        )
            return Results.NotFound();
        // Neither the browser nor anything on the way keeps what a person may have removed by tomorrow.
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.Bytes(small == true ? Picture.Small(jpeg) : jpeg, "image/jpeg");
    }
}
