using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OpinionPipeline.Pipeline;

/// <summary>
/// The product's one meter and one source of traces; hosts export them by this name. No instrument carries what anybody
/// said or who said it: tags are codes of channels, queues and containers.
/// </summary>
public static class Telemetry
{
    public const string Name = "OpinionPipeline";

    public static Meter Meter { get; } = new(Name);

    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Submissions taken, by channel; repeated sendings are none.</summary>
    public static Counter<long> Received { get; } =
        Meter.CreateCounter<long>("opinion.received", "{submission}", "Submissions taken.");

    /// <summary>Submissions worked off, by what became of them: duplicate, joined, founder.</summary>
    public static Counter<long> Processed { get; } =
        Meter.CreateCounter<long>("opinion.processed", "{submission}", "Submissions worked off.");

    /// <summary>From receipt to processed.</summary>
    public static Histogram<double> Delay { get; } =
        Meter.CreateHistogram<double>(
            "opinion.processing.delay",
            "s",
            "Seconds from receipt to processed."
        );

    /// <summary>The classifier's probability that its category is right.</summary>
    public static Histogram<double> Confidence { get; } =
        Meter.CreateHistogram<double>(
            "opinion.confidence",
            "1",
            "The classifier's confidence in its category."
        );

    /// <summary>Messages that lie among the poison, by queue; measured each minute.</summary>
    public static Gauge<long> Poison { get; } =
        Meter.CreateGauge<long>("opinion.poison", "{message}", "Messages put aside.");

    /// <summary>How long the oldest message has waited to be taken, by queue; measured each minute.</summary>
    public static Gauge<double> QueueAge { get; } =
        Meter.CreateGauge<double>("opinion.queue.age", "s", "Seconds the oldest message waits.");
}
