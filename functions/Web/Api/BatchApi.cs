using System.Security.Claims;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Pipeline.Submissions.Reading;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Api;

/// <summary>A file of submissions. Good rows are taken, bad rows named; sent twice it changes nothing.</summary>
internal static class BatchApi
{
    private const long MostBytes = 512L << 20;
    private const int Rows = 500;
    private const int MostRejectionsNamed = 1_000;

    public static async Task<IResult> SubmitAsync(
        HttpRequest http,
        Intake intake,
        ClaimsPrincipal user,
        TimeProvider time,
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
        var reader = new SubmissionFile(
            file,
            new ReadingLimits(),
            LocalTime.DayOf(time.GetUtcNow())
        );
        var keys = new RowKeys();
        var rejected = new List<object>();
        var receipts = new List<object>();
        var (accepted, refused) = (0, 0);
        Rejection? unreadable = null;
        await foreach (
            var rows in reader.RowsAsync(cancellation).Chunk(Rows).WithCancellation(cancellation)
        )
        {
            var good = rows.Where(r => r.Submission is not null).ToList();
            foreach (var row in rows.Where(r => r.Submission is null))
            {
                unreadable =
                    row.Rejections.FirstOrDefault(r =>
                        r.Code.StartsWith("file.", StringComparison.Ordinal)
                    ) ?? unreadable;
                Refuse(row.Number, row.Rejections);
            }
            var results = await intake.AcceptAllAsync(
                [.. good.Select(r => (r.Submission!, (string?)keys.Next(r.Submission!)))],
                sender,
                cancellation
            );
            for (var i = 0; i < good.Count; i++)
                if (results[i].IsOk)
                {
                    accepted++;
                    if (receipts.Count < MostRejectionsNamed)
                        receipts.Add(
                            new
                            {
                                Row = good[i].Number,
                                results[i].Value.Id,
                                results[i].Value.Receipt,
                                results[i].Value.Repeated,
                            }
                        );
                }
                else
                {
                    Refuse(good[i].Number, results[i].Rejections);
                }
        }
        if (accepted == 0 && unreadable is not null)
            return Problems.Of(unreadable);
        return Results.Json(
            new
            {
                BatchId = "B"
                    + SubmissionId.Hash(
                        $"{sender.Account}\n{accepted}\n{refused}\n{file.Length}",
                        16
                    ),
                Accepted = accepted,
                RejectedCount = refused,
                Rejected = rejected,
                Receipts = receipts,
                Notices = reader.Notices.Select(n => new
                {
                    n.Field,
                    n.Code,
                    Message = $"{n.Zh} {n.En}",
                }),
            },
            DocumentJson.Options,
            statusCode: StatusCodes.Status202Accepted
        );

        void Refuse(int row, IReadOnlyList<Rejection> reasons)
        {
            refused++;
            foreach (var reason in reasons)
                if (rejected.Count < MostRejectionsNamed)
                    rejected.Add(
                        new
                        {
                            Row = row,
                            reason.Field,
                            reason.Code,
                            Message = $"{reason.Zh} {reason.En}",
                        }
                    );
        }
    }
}
