using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OpinionPipeline.Pipeline;

namespace OpinionPipeline.Local;

/// <summary>Where traces and metrics go.</summary>
internal static class Exports
{
    /// <summary>Sends them over OTLP where OTEL_EXPORTER_OTLP_ENDPOINT names somebody who wants them; else nowhere.</summary>
    public static void AddExports(this IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")))
            return;
        services
            .AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(Telemetry.Name))
            .WithTracing(traces =>
                traces
                    .AddSource(Telemetry.Name, "Azure.Cosmos.Operation")
                    // What somebody searches for may be a name.
                    .AddAspNetCoreInstrumentation(o =>
                        o.EnrichWithHttpRequest = (activity, _) =>
                            activity.SetTag("url.query", null)
                    )
            )
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name))
            .UseOtlpExporter();
    }
}
