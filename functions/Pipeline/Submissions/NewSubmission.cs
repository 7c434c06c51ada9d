using System.Text.Json.Serialization;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>What a sender hands in, unmasked and not yet checked.</summary>
public sealed record NewSubmission
{
    /// <summary>At most 200 characters; may be empty where the text speaks for itself.</summary>
    public string? Title { get; init; }

    /// <summary>Required, at most <see cref="Intake.MaxBodyLength"/> characters.</summary>
    public string? Body { get; init; }

    /// <summary>Free text, at most 100 characters.</summary>
    public string? Place { get; init; }

    /// <summary>The day it is about; not in the future.</summary>
    public DateOnly? OccurredOn { get; init; }

    /// <summary>At most 40 characters.</summary>
    public string? Kind { get; init; }

    /// <summary>When it was said; null means now.</summary>
    public DateTimeOffset? SaidAt { get; init; }

    /// <summary>Code of the station it came through, where the sender may speak for several.</summary>
    public string? Station { get; init; }

    /// <summary>The sender's own number, at most 80 characters.</summary>
    public string? SourceId { get; init; }

    /// <summary>Who spoke.</summary>
    public Reporter? Reporter { get; init; }

    /// <summary>A category a person has already given it (Chinese name of the first level).</summary>
    public string? Label { get; init; }

    /// <summary>
    /// Chinese name of the second-level category below it. No part of what was said: a row with it and one without are
    /// the same row.
    /// </summary>
    [JsonIgnore]
    public string? Label2 { get; init; }

    /// <summary>The forum it was said at.</summary>
    public string? Forum { get; init; }

    /// <summary>The submission it was cut from.</summary>
    public string? SplitFrom { get; init; }

    /// <summary>The issue that whoever hands it in says it belongs to.</summary>
    public string? Joins { get; init; }

    /// <summary>False where it was settled on the spot or only promised.</summary>
    public bool Escalates { get; init; } = true;
}

/// <summary>Who hands it in: the account that records, the station it may speak for (null: any), and the way it came.</summary>
public sealed record Sender(string Account, string? Station, Channel Channel);

/// <summary>The answer to a sender: durable from here on.</summary>
/// <param name="Repeated">True where the same key had been taken before.</param>
public sealed record Accepted(
    string Id,
    string Receipt,
    bool Repeated,
    IReadOnlyList<Notice> Notices
);
