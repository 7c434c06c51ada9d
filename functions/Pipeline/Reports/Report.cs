using System.Globalization;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Reports;

/// <summary>社情民意专报: what a recurring issue or kind of matter comes to, drafted from what people said. Every sentence has its source.</summary>
public sealed record Report : IDocument
{
    /// <summary><c>R</c> and the issue's or kind's id.</summary>
    public required string Id { get; init; }

    /// <summary>The year it was drafted.</summary>
    public required string Partition { get; init; }

    /// <summary>The issue it is on, or the kind.</summary>
    public required string IssueId { get; init; }

    /// <summary><c>matter</c> (one issue) or <c>kind</c> (the same kind of matter in several places).</summary>
    public required string Scope { get; init; }
    public required string Title { get; init; }
    public required string Category { get; init; }
    public required string Office { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }
    public ReportStatus Status { get; init; }

    /// <summary>反映情况, 存在问题, 原因, 建议, 来源, in this order; a section nobody said anything for is empty and says so.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>The submissions quoted or counted, at most 200.</summary>
    public required IReadOnlyList<string> Sources { get; init; }
    public int Count { get; init; }

    /// <summary>Issues that had joined the kind when it was drafted; 1 for a report on a matter.</summary>
    public int Issues { get; init; } = 1;
    public int Stations { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }
    public string? SubmittedBy { get; init; }

    /// <summary>发文字号, given when it is submitted; null before.</summary>
    public string? Number { get; init; }

    /// <summary>签发人: who signed it off; null where nobody was named.</summary>
    public string? Signer { get; init; }

    /// <summary>What the committee said should be done, oldest first.</summary>
    public IReadOnlyList<Instruction> Instructions { get; init; } = [];

    /// <summary>How often it was edited.</summary>
    public int Version { get; init; }

    /// <summary>What it said before each edit, oldest first.</summary>
    public IReadOnlyList<ReportEdit> History { get; init; } = [];

    /// <summary>Where it was taken up, in the order it was recorded.</summary>
    public IReadOnlyList<Adoption> Adoptions { get; init; } = [];

    /// <summary>The months in which it was taken up or given an instruction on, as <c>2026-11</c>; searched by.</summary>
    public IReadOnlyList<string> Months =>
        [
            .. Adoptions
                .Select(a => a.On)
                .Concat(Instructions.Select(i => LocalTime.DayOf(i.At)))
                .Select(MonthOf)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    public DateTimeOffset? ClosedAt { get; init; }
    public string? ClosedBy { get; init; }

    /// <summary>The month of a day as <see cref="Months"/> has it.</summary>
    public static string MonthOf(DateOnly day) =>
        day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

/// <summary>Where a report stands.</summary>
public enum ReportStatus
{
    /// <summary>As the machine drew it up; drawn up anew when its issue grows.</summary>
    Draft,
    Submitted,
    Instructed,

    /// <summary>A draft that somebody edited: the machine leaves it alone.</summary>
    Edited,

    /// <summary>办结.</summary>
    Closed,
}

/// <summary>A headed part of a report.</summary>
/// <param name="Key"><c>situation</c>, <c>problems</c>, <c>causes</c>, <c>advice</c>, <c>sources</c>.</param>
public sealed record ReportSection(string Key, string Heading, IReadOnlyList<Sentence> Sentences)
{
    /// <summary>The key of the list of sources.</summary>
    public const string Sources = "sources";
}

/// <summary>A sentence of a report: either a template's or an editor's (no source), or one that a submission contains.</summary>
public sealed record Sentence(string Text, string? SubmissionId)
{
    /// <summary>The words as they stand in the submission, where an editor changed them.</summary>
    public string? Quoted { get; init; }
}

/// <summary>批示: an instruction on a report.</summary>
public sealed record Instruction(string Text, string By, string? Office, DateTimeOffset At);
