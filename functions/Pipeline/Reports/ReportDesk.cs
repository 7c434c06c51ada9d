using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Reports;

/// <summary>What the committee's staff do with a draft.</summary>
public sealed class ReportDesk(IDocumentStore store, TimeProvider time)
{
    /// <summary>The report of that id, or null.</summary>
    public async Task<Stored<Report>?> FindAsync(string id, CancellationToken cancellation)
    {
        // The year of the issue is the year of its report, or the one after.
        var digits = id.AsSpan().IndexOfAnyInRange('0', '9');
        if (
            digits < 0
            || id.Length < digits + 4
            || !int.TryParse(id.AsSpan(digits, 4), out var year)
        )
            return null;
        for (var i = -1; i <= 3; i++)
            if (
                await store.ReadAsync(Containers.Reports, $"{year + i}", id, cancellation) is
                { } found
            )
                return found;
        return null;
    }

    /// <summary>Sends a draft to the county committee; from then on it is not drawn up again.</summary>
    public Task<Result<Report>> SubmitAsync(
        string id,
        string who,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            report =>
                report.Status == ReportStatus.Draft
                    ? report with
                    {
                        Status = ReportStatus.Submitted,
                        SubmittedAt = time.GetUtcNow(),
                        SubmittedBy = who,
                    }
                    : new Rejection(
                        "report.alreadySubmitted",
                        null,
                        "此专报已经报送。",
                        "This report has been submitted already."
                    )
                    {
                        Status = 409,
                    },
            cancellation
        );

    /// <summary>批示: records what the committee wants done.</summary>
    public Task<Result<Report>> InstructAsync(
        string id,
        string? text,
        string? office,
        string who,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            report =>
                string.IsNullOrWhiteSpace(text)
                    ? new Rejection(
                        "text.required",
                        "text",
                        "缺少批示内容。",
                        "The instruction's text is missing."
                    )
                : report.Status == ReportStatus.Draft
                    ? new Rejection(
                        "report.notSubmitted",
                        null,
                        "专报尚未报送，不能批示。",
                        "The report has not been submitted yet."
                    )
                    {
                        Status = 409,
                    }
                : report with
                {
                    Status = ReportStatus.Instructed,
                    Instructions =
                    [
                        .. report.Instructions,
                        new(text.Trim(), who, office, time.GetUtcNow()),
                    ],
                },
            cancellation
        );

    private async Task<Result<Report>> ChangeAsync(
        string id,
        Func<Report, Result<Report>> change,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            var stored = await FindAsync(id, cancellation);
            if (stored is null)
                return new Rejection(
                    "report.unknown",
                    null,
                    "没有这份专报。",
                    "There is no such report."
                )
                {
                    Status = 404,
                };
            var changed = change(stored.Document);
            if (!changed.IsOk)
                return changed;
            var written = await store.WriteAsync(
                Containers.Reports.Replace(changed.Value, stored.ETag),
                cancellation
            );
            if (written.IsDone)
                return changed;
        }
    }
}
