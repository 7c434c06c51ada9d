using System.Security.Claims;
using OpinionPipeline.Pipeline.Photos;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Web.Access;
using OpinionPipeline.Web.Pages.Photos;

namespace OpinionPipeline.Web.Api;

/// <summary>The photos of a submission: added one by one, looked at, removed.</summary>
internal static class PhotosApi
{
    public static void MapPhotos(this RouteGroupBuilder api)
    {
        var photos = api.MapGroup("/submissions/{id}/photos");
        photos
            .MapPost("", AddAsync)
            .RequireAuthorization(Policies.Submit)
            .SetDown()
            .Accepts<byte[]>("image/jpeg", "image/png", "image/webp", "application/octet-stream")
            .WithSummary(
                $"Adds the picture in the body, at most {PhotoDesk.Most} in all; the same again changes nothing."
            );
        photos
            .MapGet("/{name}", PhotoFiles.AnswerAsync)
            .RequireAuthorization(Policies.AnyKey)
            .WithSummary("The photo as JPEG; with small=true one for a list.");
        photos
            .MapDelete("/{name}", RemoveAsync)
            .RequireAuthorization(Policies.Submit)
            .SetDown()
            .WithSummary("Removes a photo for good.");
    }

    /// <summary>The photos as a submission lists them.</summary>
    public static IEnumerable<object> List(Submission submission, IReadOnlyList<Photo> photos) =>
        photos.Select(p => new
        {
            p.Name,
            Link = $"/api/v1/submissions/{submission.Id}/photos/{p.Name}",
        });

    private static async Task<IResult> AddAsync(
        string id,
        HttpRequest http,
        StationSubmissions own,
        PhotoDesk photos,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        if (await own.FindAsync(id, user.StationCode(), cancellation) is null)
            return Problems.NotFound("submission", id);
        var (content, _) = await Body.ReadAsync(http, Picture.MostBytes, cancellation);
        if (content is null)
            return Problems.Of(Picture.TooLarge);
        var picture = await Picture.CleanAsync(content.ToArray(), cancellation);
        return picture.IsOk
            ? Answers.Of(
                await photos.AddAsync(id, [picture.Value], cancellation),
                s => new { s.Id, Photos = List(s, photos.Of(s)) }
            )
            : Problems.Of(picture.Rejections);
    }

    private static async Task<IResult> RemoveAsync(
        string id,
        string name,
        StationSubmissions own,
        PhotoDesk photos,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await own.FindAsync(id, user.StationCode(), cancellation) is { } submission
        && await photos.RemoveAsync(submission, name, cancellation)
            ? Results.NoContent()
            : Problems.NotFound("photo", name);
}
