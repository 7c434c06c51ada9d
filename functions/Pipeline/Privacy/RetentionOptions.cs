using System.ComponentModel.DataAnnotations;

namespace OpinionPipeline.Pipeline.Privacy;

/// <summary>How long what is private stays.</summary>
public sealed record RetentionOptions
{
    /// <summary>Days the reporter and the unmasked text are kept at most.</summary>
    public const int MostPrivateDays = 3650;

    private int privateDays = 1095;

    /// <summary>
    /// Days the reporter and the unmasked text are kept, default 1,095. Three years is what the Personal Information
    /// Protection Law (article 56) asks for records of assessments; a county may and should set less.
    /// </summary>
    [Range(1, MostPrivateDays)]
    public int PrivateDays
    {
        get => privateDays;
        init => privateDays = value;
    }

    /// <summary>When a private record taken now must be gone.</summary>
    public DateTimeOffset PrivateUntil(DateTimeOffset now) => now.AddDays(PrivateDays);

    /// <summary>From now on it is the other's; see <see cref="County.CountyDirectory"/>.</summary>
    internal void Become(RetentionOptions other) => privateDays = other.privateDays;
}
