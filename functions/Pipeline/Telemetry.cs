using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OpinionPipeline.Pipeline;

/// <summary>The product's one meter and one source of traces; hosts export them by this name.</summary>
public static class Telemetry
{
    public const string Name = "OpinionPipeline";

    public static Meter Meter { get; } = new(Name);

    public static ActivitySource Activities { get; } = new(Name);
}
