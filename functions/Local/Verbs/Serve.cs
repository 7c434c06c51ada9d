using System.CommandLine;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Storage;
using OpinionPipeline.Web;

namespace OpinionPipeline.Local.Verbs;

/// <summary><c>serve</c>, the default: API, pages and the queue's worker in one process.</summary>
internal static class Serve
{
    public static void Add(RootCommand root, LocalHost host)
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen.",
            DefaultValueFactory = _ => "http://127.0.0.1:5080",
        };
        var noSamples = new Option<bool>("--no-samples")
        {
            Description = "Leave an empty data folder empty.",
        };
        var serve = new Command("serve", "Serve API and pages (the default).");
        foreach (var command in new[] { root, serve })
        {
            foreach (var option in new Option[] { urls, noSamples })
                command.Options.Add(option);
            command.SetAction(
                (arguments, cancellation) =>
                    ServeAsync(
                        host.Settings(arguments),
                        arguments.GetRequiredValue(urls),
                        arguments.GetValue(noSamples),
                        cancellation
                    )
            );
        }
        root.Subcommands.Add(serve);
    }

    private static async Task<int> ServeAsync(
        HostSettings settings,
        string urls,
        bool noSamples,
        CancellationToken cancellation
    )
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.WebHost.UseUrls(urls);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = 513L << 20);
        Quieten(builder, "Microsoft.AspNetCore", LogLevel.Warning);
        Quieten(builder, "Microsoft.Hosting", LogLevel.Warning);
        await LocalHost.AddAsync(builder.Services, settings, cancellation);
        builder.Services.AddWeb();
        Quieten(builder, "Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddExports();
        builder.Services.AddHostedService<WorkerService>();
        await using var app = builder.Build();
        app.UseWeb();

        await app.Services.CreateMissingAsync(settings, cancellation);
        var store = app.Services.GetRequiredService<IDocumentStore>();
        if (!noSamples && await IsEmptyAsync(store, cancellation))
            await LoadSamplesAsync(app.Services, cancellation);
        await app.StartAsync(cancellation);
        var address = app.Urls.First();
        Console.WriteLine(
            $"一次性登录链接（一小时内有效） One-time sign-in link (valid for an hour):\n  {address}/sign-in/{await LinkAsync(app.Services, cancellation)}"
        );
        Console.WriteLine($"Listening on {address}");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    // Whoever set another level wants to hear it.
    private static void Quieten(WebApplicationBuilder builder, string category, LogLevel level)
    {
        if (builder.Configuration[$"Logging:LogLevel:{category}"] is null)
            builder.Logging.AddFilter(category, level);
    }

    private static async Task LoadSamplesAsync(
        IServiceProvider services,
        CancellationToken cancellation
    )
    {
        var samples = Directory.GetFiles(
            Path.Combine(LocalHost.Seeds, "samples"),
            "submissions*.csv"
        );
        var summary = await new Loader(services).LoadAsync(samples, cancellation);
        Console.WriteLine(
            $"""
            示例数据已处理 Samples processed, {summary.Seconds} s
              来件 received    {summary.Received}
              重复 duplicates  {summary.Duplicates}
              议题 issues      {summary.Issues}
              共性 recurring   {summary.Recurring}
              摘编 digests     {summary.Digests}
              专报 reports     {summary.Reports}
            """
        );
    }

    private static async Task<string> LinkAsync(
        IServiceProvider services,
        CancellationToken cancellation
    )
    {
        var keys = services.GetRequiredService<Keys>();
        // The secret is thrown away: the link alone signs in as this administrator.
        var (_, key) = await keys.CreateAsync(Role.Admin, null, null, cancellation);
        return await keys.LinkAsync(key, cancellation);
    }

    private static async Task<bool> IsEmptyAsync(
        IDocumentStore store,
        CancellationToken cancellation
    )
    {
        await foreach (var _ in store.ScanAsync(Containers.Submissions, cancellation))
            return false;
        return true;
    }
}
