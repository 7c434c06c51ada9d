using System.Text.Json.Serialization;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Photos;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>来件: one thing said by one person once, as the pipeline works with it. Its text is masked.</summary>
public sealed record Submission : IDocument
{
    /// <summary><c>yyyyMM-</c> and 16 base-32 letters, derived from the sender's key: the month of receipt is the partition.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public string Partition => SubmissionId.Partition(Id);

    /// <summary>When the pipeline took it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it was said or written, where the sender knows; windows of time are measured by it.</summary>
    public required DateTimeOffset SaidAt { get; init; }

    /// <summary>The station or contact point that forwarded it (code).</summary>
    public required string Station { get; init; }

    /// <summary>The account or key that recorded it; who spoke is in <see cref="PrivateRecord"/>.</summary>
    public required string RecordedBy { get; init; }

    /// <summary>How it came.</summary>
    public required Channel Channel { get; init; }

    /// <summary>The forum it was said at.</summary>
    public string? Forum { get; init; }

    /// <summary>The sender's own number for it.</summary>
    public string? SourceId { get; init; }

    /// <summary>回执码: whoever has it may look up what became of the submission.</summary>
    public required string Receipt { get; init; }

    /// <summary>Masked title, at most 200 characters; may be empty where the sender gave none.</summary>
    public required string Title { get; init; }

    /// <summary>Masked text.</summary>
    public required string Body { get; init; }

    /// <summary>
    /// True where a <see cref="PrivateRecord"/> was made: somebody is named as its reporter, or something was masked.
    /// What is not there need not be guarded.
    /// </summary>
    public bool Sealed { get; init; }

    /// <summary>What came with it to be looked at, also what has been removed since; see <see cref="PhotoDesk.Of"/>.</summary>
    public IReadOnlyList<Photo> Photos { get; init; } = [];

    /// <summary>The place as the sender gave it.</summary>
    public string? Place { get; init; }

    /// <summary>The day it is about.</summary>
    public DateOnly? OccurredOn { get; init; }

    /// <summary>The sender's word for what it is (problem, suggestion, question …); free, at most 40 characters.</summary>
    public string? Kind { get; init; }

    /// <summary>What a person should know before it goes on: two matters, belongs elsewhere.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>False where it was settled on the spot or only promised at a forum: it is kept, but does not go up.</summary>
    public bool Escalates { get; init; } = true;

    /// <summary>Where it stands.</summary>
    public SubmissionStatus Status { get; init; }

    /// <summary>The queue a message about it is owed to; cleared by the step that works it off.</summary>
    public string? Pending { get; init; }

    /// <summary>Code of the category, once classified (or set by a person).</summary>
    public string? Category { get; init; }

    /// <summary>The model's calibrated probability that the category is right, 0 to 1; 1 where a person set it.</summary>
    public double Confidence { get; init; }

    /// <summary>The next most probable categories, at most three.</summary>
    public IReadOnlyList<CategoryGuess> Alternatives { get; init; } = [];

    /// <summary>Its second-level category, below <see cref="Category"/>; null where neither a person nor the model says one.</summary>
    public FinerCategory? Finer { get; init; }

    /// <summary>The category as finely as it is sure: what offices answer for goes by it.</summary>
    [JsonIgnore]
    public string? SureCategory => Finer is { Sure: true } finer ? finer.Code : Category;

    /// <summary>Code of the office that answers for it.</summary>
    public string? Office { get; init; }

    /// <summary>True while a person has to look: low confidence, or a notice that says so. Searched by, so left out where it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NeedsReview { get; init; }

    /// <summary>The version of the model that judged it; <c>person</c> where one did.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>The earlier submission that this one repeats.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>The issue it is attached to (may since have been merged: follow <see cref="Issues.Issue.MergedInto"/>).</summary>
    public string? IssueId { get; init; }

    /// <summary>Why it was attached there.</summary>
    public Issues.Attachment? Attachment { get; init; }

    /// <summary>The submission it was cut from.</summary>
    public string? SplitFrom { get; init; }

    /// <summary>The submissions it was cut into, one for each matter; it no longer goes up itself.</summary>
    public IReadOnlyList<string> SplitInto { get; init; } = [];

    /// <summary>An answer to this submission alone; an issue's answer is on the issue.</summary>
    public Reply? Reply { get; init; }
}

/// <summary>How a submission came in.</summary>
public enum Channel
{
    Api,
    Page,
    Batch,
    Forum,
    Open311,
}

/// <summary>Where a submission stands.</summary>
public enum SubmissionStatus
{
    Received,
    Processed,
    Failed,
}

/// <summary>A category and the probability given to it.</summary>
public sealed record CategoryGuess(string Code, double Confidence);

/// <summary>A category below the first level.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Confidence">The probability that it is right if the category above it is, 0 to 1; 1 where a person set it.</param>
/// <param name="Sure">True where a person said so, or the model is as sure as a decision needs.</param>
public sealed record FinerCategory(string Code, double Confidence, bool Sure);

/// <summary>Something a person should know and decide on; nothing is refused because of it.</summary>
/// <param name="Code"><c>two-matters</c>, <c>belongs-elsewhere.lawsuit</c> …</param>
/// <param name="Zh">What to say in Chinese, the right channel named.</param>
/// <param name="En">The same in English.</param>
/// <param name="Evidence">The words that gave rise to it, masked.</param>
public sealed record Notice(string Code, string Zh, string En, IReadOnlyList<string> Evidence);

/// <summary>An office's answer.</summary>
public sealed record Reply(
    string Office,
    string Text,
    string? Measure,
    string? PersonInCharge,
    DateOnly? DueOn,
    bool Settled,
    string By,
    DateTimeOffset At
);
