namespace OpinionPipeline.Pipeline.Issues;

/// <summary>退回: an office says that an issue is not its own, and what the committee says to that.</summary>
public sealed record HandBack
{
    /// <summary>The office that hands it back.</summary>
    public required string Office { get; init; }
    public required string Reason { get; init; }

    /// <summary>The office whose it is, in the first one's opinion.</summary>
    public string? Suggested { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The last day for the committee's decision.</summary>
    public required DateOnly DecideBy { get; init; }
    public HandBackState State { get; init; }

    /// <summary>The office it went to, where the committee accepted.</summary>
    public string? To { get; init; }

    /// <summary>The category the committee said it is, where it accepted.</summary>
    public string? Category { get; init; }

    /// <summary>Why the committee refused.</summary>
    public string? Note { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>What became of a hand-back.</summary>
public enum HandBackState
{
    /// <summary>The committee has not decided yet.</summary>
    Asked,

    /// <summary>It went to another office.</summary>
    Accepted,

    /// <summary>It stays where it was, and is to be answered there.</summary>
    Refused,
}
