using System.Security.Cryptography;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Files;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Photos;

/// <summary>
/// The photos of submissions. They may show people, so each is a sealed file apart from the text, and leaves when what is
/// private with the submission does. A part that a submission was cut into has no photos of its own: it shows those of the
/// whole, since nobody said which of them belongs to which matter.
/// </summary>
public sealed class PhotoDesk(
    IDocumentStore store,
    IFileStore files,
    Vault vault,
    RetentionOptions retention,
    TimeProvider time
)
{
    /// <summary>Most photos with a submission.</summary>
    public const int Most = 3;

    /// <summary>Why there cannot be more.</summary>
    public static Rejection TooMany =>
        new(
            "photos.tooMany",
            "photos",
            $"一件来件最多 {Most} 张照片。",
            $"A submission has at most {Most} photos."
        );

    /// <summary>The photos that there are to see, of a part those of the whole.</summary>
    public async Task<IReadOnlyList<Photo>> OfAsync(
        Submission submission,
        CancellationToken cancellation
    ) => Of(await WholeAsync(submission, cancellation));

    /// <summary>The photos that were sent with this very submission.</summary>
    public IReadOnlyList<Photo> Of(Submission submission) =>
        [.. submission.Photos.Where(p => !p.Removed && p.Until > time.GetUtcNow())];

    /// <summary>
    /// Adds pictures that <see cref="Picture"/> has made. One that is there is not added again, and one that a person has
    /// removed does not come back, however often it is sent.
    /// </summary>
    /// <returns>The submission as it now stands; or why none was added.</returns>
    public async Task<Result<Submission>> AddAsync(
        string id,
        IReadOnlyList<byte[]> jpegs,
        CancellationToken cancellation
    )
    {
        var submission = await store.SubmissionAsync(id, cancellation);
        if (submission is null)
            return Unknown(id);
        submission = await WholeAsync(submission, cancellation);
        id = submission.Id;
        var until = retention.PrivateUntil(submission.ReceivedAt);
        var photos = jpegs.DistinctBy(NameOf).ToDictionary(j => new Photo(NameOf(j), until));
        // The files first: a photo that is listed can be opened.
        var added = New(submission, photos.Keys);
        if (IsTooMany(submission, added))
            return TooMany;
        foreach (var photo in added)
            await WriteAsync(FileOf(id, photo), photos[photo], cancellation);
        submission = await store.UpdateAsync(
            Containers.Submissions,
            submission.Partition,
            id,
            s =>
                New(s, added) is { Count: > 0 } still && !IsTooMany(s, still)
                    ? s with
                    {
                        Photos = [.. s.Photos, .. still],
                    }
                    : s,
            cancellation
        );
        // Others came in between: what was not listed is nobody's.
        if (New(submission!, added) is { Count: > 0 } left)
        {
            foreach (var photo in left)
                await files.DeleteAsync(Folders.Attachments, FileOf(id, photo), cancellation);
            return TooMany;
        }
        return submission!;
    }

    /// <summary>The photo as JPEG, or null where there is none or its time is over.</summary>
    public async Task<byte[]?> OpenAsync(
        Submission submission,
        string name,
        CancellationToken cancellation
    )
    {
        submission = await WholeAsync(submission, cancellation);
        if (Of(submission).FirstOrDefault(p => p.Name == name) is not { } photo)
            return null;
        var file = FileOf(submission.Id, photo);
        await using var stream = await files.OpenAsync(Folders.Attachments, file, cancellation);
        if (stream is null)
            return null;
        using var box = new MemoryStream();
        await stream.CopyToAsync(box, cancellation);
        return vault.Open(box.ToArray(), file);
    }

    /// <summary>Removes a photo for good; false where there is none.</summary>
    public async Task<bool> RemoveAsync(
        Submission submission,
        string name,
        CancellationToken cancellation
    )
    {
        submission = await WholeAsync(submission, cancellation);
        if (Of(submission).FirstOrDefault(p => p.Name == name) is not { } photo)
            return false;
        // The file first: cut short here, it is still listed and can be removed again.
        await files.DeleteAsync(Folders.Attachments, FileOf(submission.Id, photo), cancellation);
        await store.UpdateAsync(
            Containers.Submissions,
            submission.Partition,
            submission.Id,
            s =>
                s with
                {
                    Photos =
                    [
                        .. s.Photos.Select(p => p.Name == name ? p with { Removed = true } : p),
                    ],
                },
            cancellation
        );
        return true;
    }

    private async Task<Submission> WholeAsync(Submission submission, CancellationToken cancellation)
    {
        while (
            submission.SplitFrom is { } whole
            && await store.SubmissionAsync(whole, cancellation) is { } found
        )
            submission = found;
        return submission;
    }

    private static List<Photo> New(Submission submission, IEnumerable<Photo> photos) =>
        [.. photos.ExceptBy(submission.Photos.Select(p => p.Name), p => p.Name)];

    private static bool IsTooMany(Submission submission, List<Photo> added) =>
        submission.Photos.Count(p => !p.Removed) + added.Count > Most;

    private async Task WriteAsync(string file, byte[] jpeg, CancellationToken cancellation)
    {
        using var box = new MemoryStream(vault.Seal(jpeg, file));
        await files.WriteAsync(Folders.Attachments, file, box, cancellation);
    }

    private static string NameOf(byte[] jpeg) =>
        SubmissionId.Encode(SHA256.HashData(jpeg), letters: 16);

    private static string FileOf(string id, Photo photo) =>
        PassingFiles.Name(photo.Until, $"{id}-{photo.Name}");

    private static Rejection Unknown(string id) =>
        new("submission.unknown", null, $"没有找到 {id}。", $"There is no submission {id}.")
        {
            Status = 404,
        };
}
