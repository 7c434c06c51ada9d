using System.ComponentModel.DataAnnotations;

namespace OpinionPipeline.Pipeline.Digests;

/// <summary>How digests are made.</summary>
public sealed record DigestOptions
{
    /// <summary>Working days to answer at most.</summary>
    public const int MostReplyDays = 250;

    /// <summary>Working days to hand back, and to decide on that, at most.</summary>
    public const int MostHandBackDays = 60;

    private int replyDays = 10;
    private int handBackDays = 5;
    private int decideDays = 3;

    /// <summary>Days of a period, default 7.</summary>
    [Range(1, 92)]
    public int PeriodDays { get; init; } = 7;

    /// <summary>
    /// Working days after which an unanswered issue is overdue, default 10: two weeks, inside the 15 days in which the
    /// Regulations on Petitions (2022, article 23) want somebody told. No rule sets one for 社情民意; counties set their
    /// own.
    /// </summary>
    [Range(1, MostReplyDays)]
    public int ReplyDays
    {
        get => replyDays;
        init => replyDays = value;
    }

    /// <summary>
    /// Working days in which an office may hand back what is not its own, default 5: what the same article gives to
    /// contest an assignment.
    /// </summary>
    [Range(1, MostHandBackDays)]
    public int HandBackDays
    {
        get => handBackDays;
        init => handBackDays = value;
    }

    /// <summary>Working days in which the committee accepts or refuses a hand-back, default 3.</summary>
    [Range(1, MostHandBackDays)]
    public int DecideDays
    {
        get => decideDays;
        init => decideDays = value;
    }

    /// <summary>Issues in one digest at most, default 500; how many were left out is said.</summary>
    [Range(1, 2000)]
    public int MostItems { get; init; } = 500;

    /// <summary>From now on the limits are the other's; see <see cref="County.CountyDirectory"/>.</summary>
    internal void Become(DigestOptions other) =>
        (replyDays, handBackDays, decideDays) = (
            other.replyDays,
            other.handBackDays,
            other.decideDays
        );
}
