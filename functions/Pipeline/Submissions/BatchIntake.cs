using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Submissions.Reading;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>What became, or would become, of the rows of a file.</summary>
/// <param name="Accepted">Rows taken, or fit to be.</param>
/// <param name="Refused">Rows not taken.</param>
/// <param name="Reasons">Why not, by row; the first thousand.</param>
/// <param name="Taken">The rows taken; the first thousand. Without an id where they were only looked at.</param>
/// <param name="Notices">What costs no row: columns ignored, dates completed.</param>
/// <param name="Unreadable">What ended the reading before the file's end.</param>
public sealed record BatchOutcome(
    int Accepted,
    int Refused,
    IReadOnlyList<(int Row, Rejection Reason)> Reasons,
    IReadOnlyList<(int Row, NewSubmission Submission, Accepted? Answer)> Taken,
    IReadOnlyList<Rejection> Notices,
    Rejection? Unreadable
);

/// <summary>Takes files of submissions: good rows are taken, bad rows named; the same file again changes nothing.</summary>
public sealed class BatchIntake(Intake intake, TimeProvider time)
{
    /// <summary>Reasons and taken rows told at most.</summary>
    public const int MostTold = 1_000;

    private const int Rows = 500;

    /// <summary>Tells what would be taken and what not, and takes nothing.</summary>
    public Task<BatchOutcome> PreviewAsync(
        Stream file,
        Sender sender,
        CancellationToken cancellation
    ) =>
        ReadAsync(
            file,
            rows =>
                Task.FromResult(
                    rows.Select(r =>
                            intake.Check(r.Submission, r.Key, sender) is { Count: > 0 } faults
                                ? ((Accepted?)null, (IReadOnlyList<Rejection>)faults)
                                : (null, [])
                        )
                        .ToList()
                ),
            cancellation
        );

    /// <summary>Takes what can be taken. The file must be there whole: it is read as it is taken.</summary>
    public Task<BatchOutcome> TakeAsync(
        Stream file,
        Sender sender,
        CancellationToken cancellation
    ) =>
        ReadAsync(
            file,
            async rows =>
                (
                    await intake.AcceptAllAsync(
                        [.. rows.Select(r => (r.Submission, (string?)r.Key))],
                        sender,
                        cancellation
                    )
                )
                    .Select(r => (r.IsOk ? r.Value : null, r.Rejections))
                    .ToList(),
            cancellation
        );

    private async Task<BatchOutcome> ReadAsync(
        Stream file,
        Func<
            IReadOnlyList<(NewSubmission Submission, string Key)>,
            Task<List<(Accepted? Answer, IReadOnlyList<Rejection> Faults)>>
        > take,
        CancellationToken cancellation
    )
    {
        var reader = new SubmissionFile(
            file,
            new ReadingLimits(),
            LocalTime.DayOf(time.GetUtcNow())
        );
        var keys = new RowKeys();
        var reasons = new List<(int, Rejection)>();
        var taken = new List<(int, NewSubmission, Accepted?)>();
        var (accepted, refused) = (0, 0);
        Rejection? unreadable = null;
        await foreach (
            var rows in reader.RowsAsync(cancellation).Chunk(Rows).WithCancellation(cancellation)
        )
        {
            foreach (var row in rows.Where(r => r.Submission is null))
            {
                unreadable =
                    row.Rejections.FirstOrDefault(r =>
                        r.Code.StartsWith("file.", StringComparison.Ordinal)
                    ) ?? unreadable;
                Refuse(row.Number, row.Rejections);
            }
            var good = rows.Where(r => r.Submission is not null).ToList();
            var answers = await take([
                .. good.Select(r => (r.Submission!, keys.Next(r.Submission!))),
            ]);
            foreach (var (row, (answer, faults)) in good.Zip(answers))
            {
                if (faults.Count > 0)
                {
                    Refuse(row.Number, faults);
                    continue;
                }
                accepted++;
                if (taken.Count < MostTold)
                    taken.Add((row.Number, row.Submission!, answer));
            }
        }
        return new(accepted, refused, reasons, taken, reader.Notices, unreadable);

        void Refuse(int row, IReadOnlyList<Rejection> faults)
        {
            refused++;
            foreach (var fault in faults)
                if (reasons.Count < MostTold)
                    reasons.Add((row, fault));
        }
    }
}
