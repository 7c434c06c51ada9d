using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Duplicates;

/// <summary>
/// What others find a submission by: keys for candidates, and what is compared once found. Written once and never
/// changed; where the submission belongs stands in the submission.
/// </summary>
public sealed record Fingerprint : Candidate
{
    /// <summary>Nothing is compared with what was said longer ago, so it need not stay: 400 days keep every January's last year.</summary>
    public const int DaysKept = 400;

    /// <summary>
    /// One partition for all, so that a search costs the same on every day of the year: 20 GB hold 6,000,000 of them.
    /// </summary>
    public const string All = "all";

    /// <summary>Bands of the text's sketch, places and distinctive terms; equal keys make a candidate.</summary>
    public required IReadOnlyList<string> Keys { get; init; }
}
