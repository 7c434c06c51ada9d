namespace OpinionPipeline.Pipeline.Reports;

/// <summary>A report as somebody wants it: its title and, section by section, its sentences in their order.</summary>
/// <param name="Title">The title.</param>
/// <param name="Sentences">Every sentence of every section but the list of sources.</param>
/// <param name="Version">How many edits there were when it was read: who comes late is told so.</param>
public sealed record ReportText(
    string? Title,
    IReadOnlyList<EditedSentence> Sentences,
    int Version
);

/// <summary>A sentence as it is wanted.</summary>
/// <param name="Section">The section's key.</param>
/// <param name="Index">Which of its sentences it is now; null for a new one.</param>
/// <param name="Text">The words; empty takes the sentence out.</param>
public sealed record EditedSentence(string Section, int? Index, string? Text);

/// <summary>What a report said before somebody edited it.</summary>
public sealed record ReportEdit(
    string By,
    DateTimeOffset At,
    string Title,
    IReadOnlyList<ReportSection> Sections
);

/// <summary>采用: where a report was taken up.</summary>
/// <param name="Level">By whom.</param>
/// <param name="Combined">综合: together with others, not alone.</param>
/// <param name="With">Which originals it was combined with, as the notice names them.</param>
/// <param name="On">The day.</param>
/// <param name="By">The account that recorded it.</param>
/// <param name="At">When it was recorded.</param>
public sealed record Adoption(
    AdoptionLevel Level,
    bool Combined,
    string? With,
    DateOnly On,
    string By,
    DateTimeOffset At
);

/// <summary>Who took a report up.</summary>
public enum AdoptionLevel
{
    County,
    City,
    Province,
    National,
}

/// <summary>Puts an edit into a report.</summary>
internal static class ReportEditing
{
    private const int LongestTitle = 200;
    private const int LongestSentence = 1_000;

    /// <summary>Versions that are kept.</summary>
    private const int MostKept = 50;

    /// <summary>The report as it is wanted; what it said before is kept beside it.</summary>
    public static Result<Report> Apply(
        Report report,
        ReportText wanted,
        string who,
        DateTimeOffset now
    )
    {
        if (report.Status is not (ReportStatus.Draft or ReportStatus.Edited))
            return new Rejection(
                "report.alreadySubmitted",
                null,
                "已经报送的专报不能再改。",
                "A report that was submitted is not changed any more."
            )
            {
                Status = 409,
            };
        if (wanted.Sentences is null)
            return new Rejection(
                "sentences.required",
                "sentences",
                "缺少句子。",
                "The sentences are missing."
            );
        if (wanted.Version != report.Version)
            return new Rejection(
                "report.changed",
                null,
                "您编辑期间别人改过这份专报，请另开一页核对后再保存。",
                "Somebody changed this report meanwhile; look at it in another window, then save again."
            )
            {
                Status = 409,
            };
        if (Faults(wanted) is { Count: > 0 } faults)
            return faults;
        var sections = report.Sections.Select(s => Section(s, wanted)).ToList();
        return report with
        {
            Title = wanted.Title!.Trim(),
            Sections = sections,
            Status = ReportStatus.Edited,
            Version = report.Version + 1,
            History =
            [
                .. report.History.TakeLast(MostKept - 1),
                new(
                    who,
                    now,
                    report.Title,
                    [.. report.Sections.Where(s => s.Key != ReportSection.Sources)]
                ),
            ],
        };
    }

    private static ReportSection Section(ReportSection section, ReportText wanted)
    {
        if (section.Key == ReportSection.Sources)
            return section;
        var sentences = new List<Sentence>();
        foreach (var edited in wanted.Sentences.Where(s => s.Section == section.Key))
        {
            var text = edited.Text?.Trim();
            if (string.IsNullOrEmpty(text))
                continue;
            var before =
                edited.Index is { } i && i >= 0 && i < section.Sentences.Count
                    ? section.Sentences[i]
                    : null;
            sentences.Add(
                before is null ? new Sentence(text, null)
                : before.Text == text ? before
                : before with
                {
                    Text = text,
                    // The words of the submission stay with the sentence, whatever becomes of it.
                    Quoted = before.SubmissionId is null ? null : before.Quoted ?? before.Text,
                }
            );
        }
        return section with { Sentences = sentences };
    }

    private static List<Rejection> Faults(ReportText wanted)
    {
        var faults = new List<Rejection>();
        if (string.IsNullOrWhiteSpace(wanted.Title))
            faults.Add(new("title.required", "title", "缺少标题。", "The title is missing."));
        if (wanted.Title?.Length > LongestTitle)
            faults.Add(
                new(
                    "title.tooLong",
                    "title",
                    $"标题超过 {LongestTitle} 字。",
                    $"The title is longer than {LongestTitle} characters."
                )
            );
        foreach (var s in wanted.Sentences.Where(s => s.Text?.Length > LongestSentence))
            faults.Add(
                new(
                    "sentence.tooLong",
                    $"{s.Section}.{s.Index?.ToString() ?? "new"}",
                    $"一句超过 {LongestSentence} 字。",
                    $"A sentence is longer than {LongestSentence} characters."
                )
            );
        if (wanted.Sentences.All(s => string.IsNullOrWhiteSpace(s.Text)))
            faults.Add(
                new(
                    "sentences.required",
                    null,
                    "专报没有内容。",
                    "There is nothing left of the report."
                )
            );
        return faults;
    }
}
