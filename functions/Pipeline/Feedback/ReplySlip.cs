using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Feedback;

/// <summary>反馈单: what became of a submission, on paper, for whoever spoke. Everything on it is masked.</summary>
/// <param name="Submission">The matter in its own words, its receipt code and its station.</param>
/// <param name="Adoptions">Where reports that stand on it were taken up, the earliest first.</param>
/// <param name="Instructions">What the committee said should be done, the earliest first.</param>
/// <param name="Reply">The newest answer of an office.</param>
public sealed record ReplySlip(
    Submission Submission,
    IReadOnlyList<SlipAdoption> Adoptions,
    IReadOnlyList<SlipInstruction> Instructions,
    SlipReply? Reply
)
{
    /// <summary>True while there is nothing to tell.</summary>
    public bool IsEmpty => Adoptions.Count == 0 && Instructions.Count == 0 && Reply is null;
}

/// <summary>采用, without who recorded it and with what else it was combined.</summary>
public sealed record SlipAdoption(AdoptionLevel Level, bool Combined, DateOnly On);

/// <summary>批示, without who recorded it.</summary>
/// <param name="Text">What it says, masked: it may name the person who spoke.</param>
/// <param name="Office">Code of the office it was given to, where one is named.</param>
/// <param name="At">When it was recorded.</param>
public sealed record SlipInstruction(string Text, string? Office, DateTimeOffset At);

/// <summary>答复, without the person in charge.</summary>
/// <param name="Text">The answer, masked: it may name the person who spoke.</param>
/// <param name="Measure">What is done, masked.</param>
/// <param name="Office">Code of the office that answered.</param>
/// <param name="At">When it answered.</param>
public sealed record SlipReply(string Text, string? Measure, string Office, DateTimeOffset At);
