namespace OpinionPipeline.Benchmarks.Pages;

/// <summary>A clock that is set by hand: a year of submissions arrives in an hour.</summary>
internal sealed class MovedClock : TimeProvider
{
    /// <summary>What it shows.</summary>
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
