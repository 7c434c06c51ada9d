using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Storage;

namespace OpinionPipeline.Benchmarks.Pages;

/// <summary>
/// Fills an embedded store with an invented year and asks the real web host for each page, again and again. A filled
/// folder is kept where one is named, and then only asked.
/// </summary>
internal static class PageBenchmark
{
    // Written last: a folder without it was not filled to the end.
    private const string Mark = "invented-year";

    // What is more are copies of these.
    private const int MostThroughFlow = 10_000;

    public static Task<int> RunAsync(string[] arguments)
    {
        var count = new Option<int>("--count")
        {
            Description = "How many submissions; beyond 10,000 in tens of thousands.",
            DefaultValueFactory = _ => 5_000,
        };
        var folder = new Option<string?>("--folder")
        {
            Description = "The data folder, kept and used again; without one it is made and goes.",
        };
        var only = new Option<string>("--only")
        {
            Description = "Those pages alone whose addresses begin so.",
            DefaultValueFactory = _ => "/",
        };
        var command = new RootCommand("How long each page takes.") { count, folder, only };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var kept = parsed.GetValue(folder);
                var data = kept ?? Directory.CreateTempSubdirectory("op-pages-").FullName;
                try
                {
                    await FillAsync(data, parsed.GetValue(count), cancellation);
                    await using var site = await MeasuredSite.StartAsync(
                        Settings(data),
                        cancellation
                    );
                    await site.MeasureAsync(parsed.GetRequiredValue(only), cancellation);
                }
                finally
                {
                    if (kept is null)
                        Directory.Delete(data, recursive: true);
                }
            }
        );
        return command.Parse(arguments).InvokeAsync();
    }

    private static HostSettings Settings(string data) =>
        new(Path.Combine(AppContext.BaseDirectory, "seeds"), data, null, null, null);

    private static async Task FillAsync(string data, int count, CancellationToken cancellation)
    {
        var mark = Path.Combine(data, Mark);
        if (File.Exists(mark))
            return;
        var clock = new MovedClock { Now = TimeProvider.System.GetUtcNow() };
        var corpus = Path.Combine(AppContext.BaseDirectory, "seeds", "corpus");
        var texts = await LabelledFiles.ReadAsync(
            Directory.GetFiles(corpus, "*.csv"),
            DateOnly.FromDateTime(clock.Now.Date),
            cancellation
        );
        var services = new ServiceCollection().AddLogging();
        await services.AddPipelineAsync(Settings(data), null, cancellation);
        services.AddSingleton<TimeProvider>(clock);
        await using var built = services.BuildServiceProvider();
        var year = new InventedYear(built, clock);
        await year.PassAsync(Math.Min(count, MostThroughFlow), texts, cancellation);
        await Copies.AddAsync(
            built.GetRequiredService<IDocumentStore>(),
            count / MostThroughFlow - 1,
            cancellation
        );
        await year.DigestAsync(cancellation);
        await File.WriteAllTextAsync(mark, $"{count}\n", cancellation);
    }
}
