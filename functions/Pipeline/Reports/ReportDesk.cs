using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Reports;

/// <summary>What the committee's staff do with a draft.</summary>
public sealed class ReportDesk(IDocumentStore store, CountyDirectory county, TimeProvider time)
{
    private const int LongestNote = 500;
    private const int LongestSigner = 50;

    private readonly ReportNumbers numbers = new(store);

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

    /// <summary>
    /// Sends a draft to the county committee, under a number of its own; from then on it is not drawn up again.
    /// </summary>
    /// <param name="signer">签发人; null for the one that the letterhead names.</param>
    public async Task<Result<Report>> SubmitAsync(
        string id,
        string? signer,
        string who,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        // A number cannot be taken back: only what can go out is given one.
        if (await FindAsync(id, cancellation) is not { Document: var draft })
            return Unknown();
        if (Out(draft, null) is { IsOk: false } refused)
            return refused;
        var number = await numbers.GiveAsync(id, now, county.Letterhead, cancellation);
        return await ChangeAsync(id, report => Out(report, number), cancellation);

        Result<Report> Out(Report report, string? number) =>
            report.Status is not (ReportStatus.Draft or ReportStatus.Edited)
                ? new Rejection(
                    "report.alreadySubmitted",
                    null,
                    "此专报已经报送。",
                    "This report has been submitted already."
                )
                {
                    Status = 409,
                }
            : signer?.Length > LongestSigner
                ? new Rejection(
                    "signer.tooLong",
                    "signer",
                    $"签发人超过 {LongestSigner} 字。",
                    $"The signer's name is longer than {LongestSigner} characters."
                )
            : report with
            {
                Status = ReportStatus.Submitted,
                SubmittedAt = now,
                SubmittedBy = who,
                Number = number,
                Signer = (signer ?? county.Letterhead?.Signer)?.Trim() is { Length: > 0 } name
                    ? name
                    : null,
            };
    }

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
                : NotOut(report) is { } fault ? fault
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

    /// <summary>Edits a draft; what it said before is kept.</summary>
    public Task<Result<Report>> EditAsync(
        string id,
        ReportText text,
        string who,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            report => ReportEditing.Apply(report, text, who, time.GetUtcNow()),
            cancellation
        );

    /// <summary>采用: records who took the report up, alone or combined with others.</summary>
    public Task<Result<Report>> AdoptAsync(
        string id,
        AdoptionLevel? level,
        bool combined,
        string? with,
        DateOnly? on,
        string who,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            report =>
                level is not { } known || !Enum.IsDefined(known)
                    ? new Rejection(
                        "level.required",
                        "level",
                        "请选择采用单位的级别。",
                        "Choose who took it up."
                    )
                : with?.Length > LongestNote
                    ? new Rejection(
                        "with.tooLong",
                        "with",
                        $"原始篇目超过 {LongestNote} 字。",
                        $"The originals are longer than {LongestNote} characters."
                    )
                : on > LocalTime.DayOf(time.GetUtcNow())
                    ? new Rejection(
                        "on.future",
                        "on",
                        "采用日期还没有到。",
                        "That day has not come yet."
                    )
                : NotOut(report) is { } fault ? fault
                : report with
                {
                    Adoptions =
                    [
                        .. report.Adoptions,
                        new(
                            known,
                            combined,
                            combined && !string.IsNullOrWhiteSpace(with) ? with.Trim() : null,
                            on ?? LocalTime.DayOf(time.GetUtcNow()),
                            who,
                            time.GetUtcNow()
                        ),
                    ],
                },
            cancellation
        );

    /// <summary>办结: nothing more is awaited of it.</summary>
    public Task<Result<Report>> CloseAsync(string id, string who, CancellationToken cancellation) =>
        ChangeAsync(
            id,
            report =>
                NotOut(report) is { } fault
                    ? fault
                    : report with
                    {
                        Status = ReportStatus.Closed,
                        ClosedAt = time.GetUtcNow(),
                        ClosedBy = who,
                    },
            cancellation
        );

    // Drafts are with nobody yet; of what is closed nothing more is recorded.
    private static Rejection? NotOut(Report report) =>
        report.Status switch
        {
            ReportStatus.Draft or ReportStatus.Edited => new(
                "report.notSubmitted",
                null,
                "专报尚未报送。",
                "The report has not been submitted yet."
            )
            {
                Status = 409,
            },
            ReportStatus.Closed => new(
                "report.closed",
                null,
                "专报已经办结。",
                "The report is closed."
            )
            {
                Status = 409,
            },
            _ => null,
        };

    private static Rejection Unknown() =>
        new("report.unknown", null, "没有这份专报。", "There is no such report.") { Status = 404 };

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
                return Unknown();
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
