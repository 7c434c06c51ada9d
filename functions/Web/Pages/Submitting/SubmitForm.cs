using System.Security.Claims;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Photos;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Pages.Submitting;

/// <summary>What a station types; the same whether it comes from the page or later from a phone's outbox.</summary>
public sealed class SubmitForm
{
    /// <summary>Made with the draft and kept until it is taken, so that sending twice makes one.</summary>
    public string? Key { get; set; }
    public string? Title { get; set; }
    public string? Body { get; set; }
    public string? Place { get; set; }
    public string? Station { get; set; }
    public string? ReporterName { get; set; }
    public string? ReporterPhone { get; set; }

    /// <summary>The issue it belongs to in the writer's eyes.</summary>
    public string? Joins { get; set; }

    /// <summary>True once the writer has seen which matters are similar.</summary>
    public bool Seen { get; set; }

    /// <summary>Reads what a script posts, under the names the page uses.</summary>
    public static SubmitForm Read(IFormCollection form) =>
        new()
        {
            Key = form["Form.Key"],
            Title = form["Form.Title"],
            Body = form["Form.Body"],
            Place = form["Form.Place"],
            Station = form["Form.Station"],
            ReporterName = form["Form.ReporterName"],
            ReporterPhone = form["Form.ReporterPhone"],
            Joins = form["Form.Joins"],
        };

    /// <summary>
    /// Hands it in, then its photos: cut short between the two, the same key again adds what is missing.
    /// </summary>
    public async Task<Result<Accepted>> HandInAsync(
        Intake intake,
        PhotoDesk photos,
        IReadOnlyList<byte[]> jpegs,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var (name, phone) = (Given(ReporterName), Given(ReporterPhone));
        var accepted = await intake.AcceptAsync(
            new NewSubmission
            {
                Title = Given(Title),
                // A form sends line ends as two characters; whether it came this way or the other, it is the same text.
                Body = Body?.ReplaceLineEndings("\n"),
                Place = Given(Place),
                Station = user.StationCode() is null ? Given(Station) : null,
                Reporter = name is null && phone is null ? null : new Reporter(name, phone),
                Joins = Given(Joins),
            },
            "page:" + (Given(Key) ?? Guid.NewGuid().ToString("N")),
            new Sender(user.Account(), user.StationCode(), Channel.Page),
            cancellation
        );
        if (!accepted.IsOk || jpegs.Count == 0)
            return accepted;
        var added = await photos.AddAsync(accepted.Value.Id, jpegs, cancellation);
        return added.IsOk ? accepted : (List<Rejection>)[.. added.Rejections];
    }

    private static string? Given(string? value) =>
        string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
