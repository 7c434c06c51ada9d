using System.Security.Claims;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>A file of submissions. Good rows are taken, bad rows named; sent twice it changes nothing.</summary>
internal static class BatchApi
{
    private const long MostBytes = 512L << 20;

    public static async Task<IResult> SubmitAsync(
        HttpRequest http,
        BatchIntake batch,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        // Set down first: the readers are synchronous, and nothing is taken from a file that did not arrive whole.
        await using var file = new FileStream(
            Path.GetTempFileName(),
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            }
        );
        var buffer = new byte[128 * 1024];
        int read;
        while ((read = await http.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            if (file.Length + read > MostBytes)
                return Problems.Of(
                    new Rejection(
                        "file.tooLarge",
                        null,
                        $"文件超过 {MostBytes >> 20} MiB。",
                        $"The file is larger than {MostBytes >> 20} MiB."
                    )
                    {
                        Status = 413,
                    }
                );
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
        file.Position = 0;

        var sender = new Sender(user.Account(), user.StationCode(), Channel.Batch);
        var outcome = await batch.TakeAsync(file, sender, cancellation);
        if (outcome is { Accepted: 0, Unreadable: { } unreadable })
            return Problems.Of(unreadable);
        return Results.Json(
            new
            {
                BatchId = "B"
                    + SubmissionId.Hash(
                        $"{sender.Account}\n{outcome.Accepted}\n{outcome.Refused}\n{file.Length}",
                        16
                    ),
                outcome.Accepted,
                RejectedCount = outcome.Refused,
                Rejected = outcome.Reasons.Select(r => new
                {
                    r.Row,
                    r.Reason.Field,
                    r.Reason.Code,
                    Message = $"{r.Reason.Zh} {r.Reason.En}",
                }),
                Receipts = outcome.Taken.Select(t => new
                {
                    t.Row,
                    t.Answer!.Id,
                    t.Answer.Receipt,
                    t.Answer.Repeated,
                }),
                Notices = outcome.Notices.Select(n => new
                {
                    n.Field,
                    n.Code,
                    Message = $"{n.Zh} {n.En}",
                }),
            },
            DocumentJson.Options,
            statusCode: StatusCodes.Status202Accepted
        );
    }
}
