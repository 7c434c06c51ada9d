using System.Text.Json.Serialization;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>议题: one matter, at one place or concerning one group, and everybody who spoke of it.</summary>
public sealed record Issue : IDocument
{
    /// <summary><c>I</c> and the id of the submission that founded it. Never changes.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public string Partition => SubmissionId.Partition(Id);

    /// <summary>The submission that founded it; of an issue split off, its first one.</summary>
    [JsonIgnore]
    public string Founder => FounderOf(Id);

    /// <summary>The submission that founded the issue of that id.</summary>
    public static string FounderOf(string id) =>
        id[1..].Split('-') is [var month, var letters, ..] ? $"{month}-{letters}" : id;

    /// <summary>Quoted from its most central member.</summary>
    public required string Title { get; init; }

    /// <summary>Submissions attached, duplicates included.</summary>
    public int Count { get; init; }

    /// <summary>How many there were when the rest below was last told from all of them; never more than a tenth behind.</summary>
    public int Described { get; init; }

    /// <summary>Submissions attached that repeat no other.</summary>
    public int Distinct { get; init; }

    /// <summary>Different reporters, as far as can be told inside this issue.</summary>
    public int Reporters { get; init; }

    /// <summary>Codes of the stations that forwarded, in order of first appearance, at most 200.</summary>
    public IReadOnlyList<string> Stations { get; init; } = [];

    /// <summary>When it was first spoken of.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it was last spoken of.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>True once enough distinct submissions of enough stations came inside the window.</summary>
    public bool Recurring { get; init; }

    /// <summary>When it became so.</summary>
    public DateTimeOffset? RecurringSince { get; init; }

    /// <summary>Code of the category most members have.</summary>
    public string? Category { get; init; }

    /// <summary>Code of the finer category that its members agree on as far as they are sure; null where they do not.</summary>
    public string? Finer { get; init; }

    /// <summary>The category as finely as it is sure: what offices answer for goes by it.</summary>
    [JsonIgnore]
    public string? SureCategory => Finer ?? Category;

    /// <summary>Code of the office that answers for it.</summary>
    public string? Office { get; init; }

    /// <summary>The place most members name.</summary>
    public string? Place { get; init; }

    /// <summary>The kind of matter it is, shared with issues elsewhere.</summary>
    public string? KindId { get; init; }

    /// <summary>Where it stands.</summary>
    public IssueStatus Status { get; init; }

    /// <summary>The issue that took this one's members over; then it is only a signpost.</summary>
    public string? MergedInto { get; init; }

    /// <summary>True where it holds nobody: merged away, or all were taken out of it. Counted by, so left out where it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Empty => MergedInto is not null || Count == 0;

    /// <summary>The offices' answers, oldest first.</summary>
    public IReadOnlyList<Reply> Replies { get; init; } = [];

    /// <summary>True where an office has answered and nobody has spoken of it since it was settled.</summary>
    [JsonIgnore]
    public bool IsAnswered => Answered(Replies.Count, Status);

    /// <summary>The same for whoever has read no more of an issue than these two.</summary>
    internal static bool Answered(int replies, IssueStatus status) =>
        replies > 0 && status != IssueStatus.Reopened;

    /// <summary>False where all of it was settled or promised at the table: then nobody's answer is awaited.</summary>
    public bool Escalates { get; init; } = true;

    /// <summary>Since when its answer is overdue; null before, and once it is answered.</summary>
    public DateTimeOffset? OverdueSince { get; init; }

    /// <summary>True while an answer is awaited that is not known to be overdue yet; searched by.</summary>
    public bool Awaited =>
        !IsAnswered && Escalates && OverdueSince is null && MergedInto is null && Count > 0;

    /// <summary>When a person sent it to the office it has; from then on no category moves it to another. Null where routing did.</summary>
    public DateTimeOffset? RoutedAt { get; init; }

    /// <summary>退回: what offices handed back as not theirs, oldest first.</summary>
    public IReadOnlyList<HandBack> HandBacks { get; init; } = [];

    /// <summary>True while the committee has to decide on the last of them; searched by, so left out where it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HandedBack =>
        MergedInto is null && HandBacks is [.., { State: HandBackState.Asked }];

    /// <summary>The report drafted on it.</summary>
    public string? ReportId { get; init; }

    /// <summary>How many submissions it had when that was last drafted.</summary>
    public int Drafted { get; init; }

    /// <summary>The queue a message about it is owed to; cleared by the step that works it off.</summary>
    public string? Pending { get; init; }

    /// <summary>Merges and splits, oldest first.</summary>
    public IReadOnlyList<Regrouping> Regroupings { get; init; } = [];

    /// <summary>True where a person has merged or split it; searched by, so left out where nobody has.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Regrouped => MergedInto is null && Regroupings.Any(r => r.IsByPerson);
}

/// <summary>Where an issue stands.</summary>
public enum IssueStatus
{
    Open,
    Answered,
    Settled,
    Reopened,
}

/// <summary>A sentence and the submission it stands in.</summary>
public sealed record Quote(string Text, string SubmissionId);

/// <summary>A merge or a split, with what is needed to undo it.</summary>
public sealed record Regrouping(
    string Kind,
    string By,
    DateTimeOffset At,
    IReadOnlyList<string> Members,
    string Other
)
{
    /// <summary>False where the machine joined what turned out to be one.</summary>
    [JsonIgnore]
    public bool IsByPerson => By != Reconciler.Name;
}

/// <summary>A submission's membership in an issue; lives in the issue's partition, its id is the submission's.</summary>
public sealed record Member : IDocument
{
    /// <summary>The submission.</summary>
    public required string Id { get; init; }

    /// <summary>The issue.</summary>
    public required string IssueId { get; init; }

    /// <inheritdoc/>
    public string Partition => IssueId;

    /// <summary>When it was said.</summary>
    public required DateTimeOffset SaidAt { get; init; }

    /// <summary>The station that forwarded it.</summary>
    public required string Station { get; init; }

    /// <summary>The forum it was said at.</summary>
    public string? Forum { get; init; }

    /// <summary>Masked title.</summary>
    public required string Title { get; init; }

    /// <summary>The place it names.</summary>
    public string? Place { get; init; }

    /// <summary>Its category.</summary>
    public string? Category { get; init; }

    /// <summary>The category as finely as it is sure, where that is finer than <see cref="Category"/>.</summary>
    public string? Finer { get; init; }

    /// <summary>
    /// Tells reporters of this issue apart without telling who they are: a keyed hash of issue and contact,
    /// different for the same person in another issue. Null where no contact was given.
    /// </summary>
    public string? ReporterTag { get; init; }

    /// <summary>The earlier member it repeats.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>False where settled on the spot or only promised.</summary>
    public bool Escalates { get; init; } = true;

    /// <summary>Why it is here.</summary>
    public Attachment? Attachment { get; init; }

    /// <summary>True where a person put it here; the machine never moves it.</summary>
    public bool Pinned { get; init; }
}

/// <summary>Why a submission was attached to an issue.</summary>
/// <param name="To">The member it resembles most; null for the founder.</param>
/// <param name="Similarity">0 to 1.</param>
/// <param name="Places">Places both name.</param>
/// <param name="Phrases">Distinctive phrases both have, at most five.</param>
/// <param name="By"><c>founder</c>, <c>duplicate</c>, <c>same-matter</c>, or the person's account.</param>
public sealed record Attachment(
    string? To,
    double Similarity,
    IReadOnlyList<string> Places,
    IReadOnlyList<string> Phrases,
    string By
)
{
    /// <summary>A submission of another issue that it resembles about as much: both issues may be one.</summary>
    public string? AlsoLike { get; init; }
}
