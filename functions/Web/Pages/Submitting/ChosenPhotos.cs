using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Photos;

namespace OpinionPipeline.Web.Pages.Submitting;

/// <summary>
/// The photos chosen in a form. Where the form is shown again they are put aside: no browser sends a file a second time by
/// itself.
/// </summary>
public sealed class ChosenPhotos(Uploads uploads)
{
    /// <summary>The field of the files.</summary>
    public const string Files = "Form.Photos";

    /// <summary>The field of the names of those put aside.</summary>
    public const string Kept = "Form.Kept";

    /// <summary>The pictures that can be taken, and what is wrong with the others.</summary>
    public async Task<(List<byte[]> Jpegs, List<Rejection> Faults)> ReadAsync(
        IFormCollection form,
        string account,
        CancellationToken cancellation
    )
    {
        var jpegs = new List<byte[]>();
        var faults = new List<Rejection>();
        var files = form.Files.GetFiles(Files);
        if (form[Kept].Count + files.Count > PhotoDesk.Most)
            faults.Add(PhotoDesk.TooMany);
        foreach (var name in form[Kept].Take(PhotoDesk.Most))
            if (await uploads.FindAsync(name, account, cancellation) is { } kept)
                // What lies there under this account need not be a picture.
                Take(await Picture.CleanAsync(kept, cancellation));
            else
                faults.Add(Gone);
        foreach (var file in files.Take(PhotoDesk.Most - jpegs.Count))
            Take(await CleanAsync(file, cancellation));
        return (jpegs, faults);

        void Take(Result<byte[]> cleaned)
        {
            if (cleaned.IsOk)
                jpegs.Add(cleaned.Value);
            else
                faults.AddRange(cleaned.Rejections);
        }
    }

    /// <summary>Puts them aside.</summary>
    /// <returns>The names to ask for them by.</returns>
    public async Task<List<string>> KeepAsync(
        IEnumerable<byte[]> jpegs,
        string account,
        CancellationToken cancellation
    )
    {
        var names = new List<string>();
        foreach (var jpeg in jpegs)
            names.Add(await uploads.KeepAsync(jpeg, account, cancellation));
        return names;
    }

    /// <summary>Away with those put aside: they have been taken.</summary>
    public async Task DropAsync(
        IFormCollection form,
        string account,
        CancellationToken cancellation
    )
    {
        foreach (var name in form[Kept].OfType<string>())
            if (await uploads.FindAsync(name, account, cancellation) is not null)
                await uploads.DropAsync(name, cancellation);
    }

    private static async Task<Result<byte[]>> CleanAsync(
        IFormFile file,
        CancellationToken cancellation
    )
    {
        if (file.Length > Picture.MostBytes)
            return Named(Picture.TooLarge);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        var cleaned = await Picture.CleanAsync(content.ToArray(), cancellation);
        return cleaned.IsOk ? cleaned : Named(cleaned.Rejections[0]);

        Rejection Named(Rejection fault) =>
            fault with
            {
                Zh = $"{file.FileName}：{fault.Zh}",
                En = $"{file.FileName}: {fault.En}",
            };
    }

    private static Rejection Gone =>
        new(
            "upload.gone",
            "photos",
            "照片放得太久了，请重新选择。",
            "A photo was put aside for too long; choose it again."
        );
}
