using System.ComponentModel.DataAnnotations;

namespace OpinionPipeline.Pipeline.Digests;

/// <summary>How digests are made.</summary>
public sealed record DigestOptions
{
    /// <summary>Days of a period, default 7.</summary>
    [Range(1, 92)]
    public int PeriodDays { get; init; } = 7;

    /// <summary>
    /// Days after which an unanswered issue is overdue, default 15: the time in which the Regulations on Petitions (2022,
    /// article 23) want somebody told. No rule sets one for 社情民意; counties set their own.
    /// </summary>
    [Range(1, 365)]
    public int ReplyDays { get; init; } = 15;

    /// <summary>Issues in one digest at most, default 500; how many were left out is said.</summary>
    [Range(1, 2000)]
    public int MostItems { get; init; } = 500;
}
