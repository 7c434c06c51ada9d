using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Storage;
using OpinionPipeline.Web;

namespace OpinionPipeline.Benchmarks.Pages;

/// <summary>The real web host on a loopback port, and a reader for each kind of account.</summary>
internal sealed class MeasuredSite : IAsyncDisposable
{
    private const int Times = 20;
    private readonly WebApplication app;
    private readonly Dictionary<string, HttpClient> readers = [];

    private MeasuredSite(WebApplication app) => this.app = app;

    /// <summary>Starts it over a filled folder.</summary>
    public static async Task<MeasuredSite> StartAsync(
        HostSettings settings,
        CancellationToken cancellation
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await builder.Services.AddPipelineAsync(settings, null, cancellation);
        builder.Services.AddWeb();
        var app = builder.Build();
        app.UseWeb();
        await app.StartAsync(cancellation);
        var site = new MeasuredSite(app);
        foreach (
            var (name, role, station, office) in new (string, Role, string?, string?)[]
            {
                ("station", Role.Station, InventedYear.Busiest, null),
                ("office", Role.Office, null, await Examples.BusiestOfficeAsync(app.Services)),
                ("committee", Role.Committee, null, null),
                ("trainer", Role.Trainer, null, null),
                ("admin", Role.Admin, null, null),
            }
        )
            site.readers[name] = await site.SignInAsync(role, station, office, cancellation);
        return site;
    }

    /// <summary>Asks each page and prints how long it took, the slowest first.</summary>
    public async Task MeasureAsync(string only, CancellationToken cancellation)
    {
        var pages = await Examples.PagesAsync(app.Services, cancellation);
        foreach (var missing in Missing(pages))
            Console.WriteLine($"not asked: {missing}");
        var rows =
            new List<(string Page, double P50, double P95, double Most, double Busy, long Bytes)>();
        foreach (
            var (account, path) in pages.Where(p =>
                p.Path.StartsWith(only, StringComparison.Ordinal)
            )
        )
        {
            var bytes = (await AskAsync(account, path, cancellation)).Bytes;
            var times = new List<double>();
            var before = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < Times; i++)
                times.Add((await AskAsync(account, path, cancellation)).Milliseconds);
            var busy = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Times;
            times.Sort();
            rows.Add(
                (
                    $"{account} {path}",
                    times[Times / 2],
                    times[Times * 95 / 100 - 1],
                    times[^1],
                    busy,
                    bytes
                )
            );
        }
        Console.WriteLine(
            $"{"p50 ms", 8} {"p95 ms", 8} {"max ms", 8} {"cpu ms", 8} {"kB", 6}  page"
        );
        foreach (var row in rows.OrderByDescending(r => r.P95))
            Console.WriteLine(
                $"{row.P50, 8:0.0} {row.P95, 8:0.0} {row.Most, 8:0.0} {row.Busy, 8:0.0} {row.Bytes >> 10, 6}  {row.Page}"
            );
    }

    private async Task<(double Milliseconds, long Bytes)> AskAsync(
        string account,
        string path,
        CancellationToken cancellation
    )
    {
        var since = Stopwatch.GetTimestamp();
        using var answer = await readers[account].GetAsync(path, cancellation);
        var content = await answer.Content.ReadAsByteArrayAsync(cancellation);
        var took = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        var at = answer.RequestMessage!.RequestUri!.AbsolutePath;
        if (!answer.IsSuccessStatusCode || at == "/sign-in" && path != at)
            throw new InvalidOperationException($"{account} {path}: {answer.StatusCode} at {at}");
        return (took, content.Length);
    }

    // Pages that are mapped and nobody asks for.
    private IEnumerable<string> Missing(IReadOnlyList<(string Account, string Path)> pages)
    {
        var routes = app
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .OrderBy(e => e.Order)
            .ThenBy(e => e.RoutePattern.InboundPrecedence)
            .ToList();
        var asked = pages
            .Select(p => p.Path.Split('?')[0])
            .Select(path =>
                routes.FirstOrDefault(r =>
                    new Microsoft.AspNetCore.Routing.Template.TemplateMatcher(
                        new(r.RoutePattern),
                        []
                    ).TryMatch(path, [])
                )
            )
            .ToHashSet();
        return routes.Where(r => !asked.Contains(r)).Select(r => r.RoutePattern.RawText!);
    }

    private async Task<HttpClient> SignInAsync(
        Role role,
        string? station,
        string? office,
        CancellationToken cancellation
    )
    {
        var keys = app.Services.GetRequiredService<Keys>();
        var (secret, _) = await keys.CreateAsync(role, station, office, cancellation);
        var reader = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var form = new FormUrlEncodedContent([new("key", secret)]);
        (await reader.PostAsync("/sign-in", form, cancellation)).EnsureSuccessStatusCode();
        return reader;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in readers.Values)
            reader.Dispose();
        await app.DisposeAsync();
    }
}
