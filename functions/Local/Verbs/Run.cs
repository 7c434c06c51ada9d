using System.CommandLine;
using System.Text.Json;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Rendering;
using OpinionPipeline.Storage;

namespace OpinionPipeline.Local.Verbs;

/// <summary><c>run FILE… --out DIR</c>: files through the whole flow without a server.</summary>
internal static class Run
{
    private static readonly JsonSerializerOptions Indented = new(DocumentJson.Options)
    {
        WriteIndented = true,
    };

    public static void Add(RootCommand root, LocalHost host)
    {
        var files = new Argument<string[]>("files")
        {
            Description = "CSV, XLSX or NDJSON files.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--out")
        {
            Description = "Where summary, digests and reports go.",
            Required = true,
        };
        var station = new Option<string>("--station")
        {
            Description = "The station of rows that name none.",
            DefaultValueFactory = _ => "WEB",
        };
        var command = new Command("run", "Process files to the end.") { files, output, station };
        command.SetAction(
            (arguments, cancellation) =>
                RunAsync(
                    arguments.GetRequiredValue(files),
                    host.Settings(arguments),
                    arguments.GetRequiredValue(output),
                    arguments.GetRequiredValue(station),
                    cancellation
                )
        );
        root.Subcommands.Add(command);
    }

    private static async Task<int> RunAsync(
        string[] files,
        HostSettings settings,
        string output,
        string station,
        CancellationToken cancellation
    )
    {
        foreach (var file in files)
            if (!File.Exists(file))
                throw new FileNotFoundException($"There is no file {file}.");
        Directory.CreateDirectory(output);
        await using var services = await LocalHost.BuildAsync(settings, create: true, cancellation);
        var loader = new Loader(services) { FallbackStation = station };
        var summary = await loader.LoadAsync(files, cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(output, "summary.json"),
            JsonSerializer.Serialize(summary, Indented),
            cancellation
        );
        foreach (var (file, row, rejection) in loader.Rejected)
            await Console.Error.WriteLineAsync(
                $"{file}:{row}: {rejection.Field} {rejection.Code}: {rejection.Zh} {rejection.En}"
            );

        var store = services.GetRequiredService<IDocumentStore>();
        var renderer = new DocumentRenderer(services.GetRequiredService<CountyDirectory>());
        await foreach (var digest in store.ScanAsync(Containers.Digests, cancellation))
            await WriteAsync(
                Path.Combine(output, "digests"),
                digest.Document.Id,
                digest.Document,
                renderer.Of(digest.Document)
            );
        await foreach (var report in store.ScanAsync(Containers.Reports, cancellation))
            await WriteAsync(
                Path.Combine(output, "reports"),
                report.Document.Id,
                report.Document,
                renderer.Of(report.Document)
            );
        Console.WriteLine(JsonSerializer.Serialize(summary, Indented));
        return 0;

        async Task WriteAsync(string folder, string id, object document, Page page)
        {
            Directory.CreateDirectory(folder);
            var path = Path.Combine(folder, id);
            await File.WriteAllTextAsync(
                path + ".json",
                JsonSerializer.Serialize(document, Indented),
                cancellation
            );
            await File.WriteAllTextAsync(path + ".html", HtmlWriter.Write(page), cancellation);
            await using var docx = File.Create(path + ".docx");
            DocxWriter.Write(page, docx);
        }
    }
}
