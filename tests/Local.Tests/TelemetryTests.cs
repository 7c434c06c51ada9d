using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpinionPipeline.Local.Tests.Servers;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Local.Tests;

public sealed class TelemetryTests : IAsyncLifetime
{
    private EmbeddedSite site = null!;

    private ServiceProvider Services => site.Services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => site = await EmbeddedSite.OpenAsync(Token);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_trace_goes_on_beyond_the_queues_from_the_request_to_the_report()
    {
        var activities = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == Telemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var intake = Services.GetRequiredService<Intake>();
        ActivityTraceId last = default;
        foreach (
            var station in new[] { "T01S01", "T02S01", "T03S01", "T04S01", "T05S01", "T06S01" }
        )
        {
            using var request = Telemetry.Activities.StartActivity("request")!;
            last = request.TraceId;
            await intake.AcceptAsync(
                new()
                {
                    Title = "县城大桥护栏断裂",
                    Body =
                        $"县城大桥护栏断裂已有半月，来往行人十分危险，{station[..3]}的群众恳请尽快修复。",
                    Reporter = new("某某", $"1380000{station[1..3]}0{station[^1]}"),
                },
                station,
                new Sender("test", station, Channel.Api),
                Token
            );
            await Services.GetRequiredService<QueueWorker>().DrainAsync(null, Token);
        }
        await Services.GetRequiredService<Housekeeping>().SweepAllAsync(Token);
        await Services.GetRequiredService<QueueWorker>().DrainAsync(null, Token);

        Assert.Contains(
            activities,
            a => a.OperationName == "process submissions" && a.TraceId == last
        );
        var requests = activities
            .Where(a => a.OperationName == "request")
            .Select(a => a.TraceId)
            .ToHashSet();
        Assert.Equal(
            6,
            activities.Count(a =>
                a.OperationName == "process submissions" && requests.Contains(a.TraceId)
            )
        );
    }

    [Fact]
    public async Task What_is_taken_and_worked_off_is_measured_and_waiting_messages_too()
    {
        var measured = new ConcurrentBag<(string Name, double Value, string Tags)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == Telemetry.Name)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (i, value, tags, _) => measured.Add((i.Name, value, Text(tags)))
        );
        listener.SetMeasurementEventCallback<double>(
            (i, value, tags, _) => measured.Add((i.Name, value, Text(tags)))
        );
        listener.Start();

        var intake = Services.GetRequiredService<Intake>();
        foreach (var key in new[] { "a", "b", "b" })
            await intake.AcceptAsync(
                new() { Body = "前进村三组的自来水浑浊发黄，烧开以后全是水垢，没有人敢喝。" },
                key,
                new Sender("test", "T04S01", Channel.Api),
                Token
            );
        await Services.GetRequiredService<Housekeeping>().SweepAsync(Token);
        await Services.GetRequiredService<QueueWorker>().DrainAsync(null, Token);

        Assert.Equal(
            2,
            measured
                .Where(m => m is { Name: "opinion.received", Tags: "channel=Api" })
                .Sum(m => m.Value)
        );
        Assert.Contains(measured, m => m is { Name: "opinion.processed", Tags: "outcome=founder" });
        Assert.Contains(
            measured,
            m => m is { Name: "opinion.processed", Tags: "outcome=duplicate" }
        );
        Assert.Contains(
            measured,
            m => m is { Name: "opinion.processing.delay", Value: > 0 and < 60 }
        );
        Assert.Contains(measured, m => m is { Name: "opinion.confidence", Value: > 0 and <= 1 });
        Assert.Contains(
            measured,
            m => m is { Name: "opinion.queue.age", Tags: "queue=submissions", Value: > 0 }
        );
        Assert.Contains(measured, m => m is { Name: "opinion.poison", Tags: "queue=reports" });
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}"));
}
