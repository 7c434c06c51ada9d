using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OpinionPipeline.Pipeline;

namespace OpinionPipeline.Web;

/// <summary>Sends traces and metrics to whoever wants them; without such a setting, nowhere.</summary>
public static class Observability
{
    /// <summary>
    /// Exports over OTLP where OTEL_EXPORTER_OTLP_ENDPOINT is set, and to Azure Monitor where
    /// APPLICATIONINSIGHTS_CONNECTION_STRING is. Both may be.
    /// </summary>
    public static IServiceCollection AddObservability(this IServiceCollection services)
    {
        var otlp = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT");
        var azure = Environment.GetEnvironmentVariable("APPLICATIONINSIGHTS_CONNECTION_STRING");
        if (string.IsNullOrEmpty(otlp) && string.IsNullOrEmpty(azure))
            return services;
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(Telemetry.Name))
            .WithTracing(traces =>
            {
                // Of a request the route is told, not what was asked for: a search may name somebody.
                traces
                    .AddSource(Telemetry.Name, "Azure.Cosmos.Operation")
                    .AddAspNetCoreInstrumentation(o =>
                        o.EnrichWithHttpRequest = (activity, _) =>
                            activity.SetTag("url.query", null)
                    );
                if (!string.IsNullOrEmpty(azure))
                    traces.AddAzureMonitorTraceExporter(o => o.ConnectionString = azure);
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Telemetry.Name);
                if (!string.IsNullOrEmpty(azure))
                    metrics.AddAzureMonitorMetricExporter(o => o.ConnectionString = azure);
            });
        if (!string.IsNullOrEmpty(otlp))
            telemetry.UseOtlpExporter();
        return services;
    }
}
