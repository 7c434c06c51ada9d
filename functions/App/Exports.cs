using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using OpinionPipeline.Pipeline;

namespace OpinionPipeline.App;

/// <summary>Where traces, metrics and logs go.</summary>
internal static class Exports
{
    /// <summary>Sends them to Application Insights, where a connection string names one.</summary>
    public static void AddExports(this IServiceCollection services)
    {
        if (Setting("APPLICATIONINSIGHTS_CONNECTION_STRING") is null)
            return;
        services
            .AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(traces => traces.AddSource(Telemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name))
            .UseAzureMonitorExporter(exporter =>
            {
                // The host reads of this setting how it is to sign in; the app does it the same way.
                if (Setting("APPLICATIONINSIGHTS_AUTHENTICATION_STRING") is not null)
                    exporter.Credential = new DefaultAzureCredential();
            });
    }

    private static string? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
