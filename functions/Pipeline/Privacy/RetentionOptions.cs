using System.ComponentModel.DataAnnotations;

namespace OpinionPipeline.Pipeline.Privacy;

/// <summary>How long what is private stays.</summary>
public sealed record RetentionOptions
{
    /// <summary>
    /// Days the reporter and the unmasked text are kept, default 1,095. Three years is what the Personal Information
    /// Protection Law (article 56) asks for records of assessments; a county may and should set less.
    /// </summary>
    [Range(1, 3650)]
    public int PrivateDays { get; init; } = 1095;

    /// <summary>When a private record taken now must be gone.</summary>
    public DateTimeOffset PrivateUntil(DateTimeOffset now) => now.AddDays(PrivateDays);
}
