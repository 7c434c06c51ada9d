using System.CommandLine;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Files;
using OpinionPipeline.Pipeline.Photos;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Local.Verbs;

/// <summary><c>verify</c>: checks every invariant of the store.</summary>
internal static class Verify
{
    public static void Add(RootCommand root, LocalHost host)
    {
        var command = new Command(
            "verify",
            "Check the store; exit code 1 and a list where something is broken."
        );
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var settings = host.Settings(arguments);
                if (
                    settings.Cosmos is null
                    && !File.Exists(Path.Combine(settings.Data!, SqliteDatabase.FileName))
                )
                    throw new InvalidOperationException($"{settings.Data} holds no database.");
                await using var services = await LocalHost.BuildStoresAsync(settings, cancellation);
                var store = services.GetRequiredService<IDocumentStore>();
                var vault = services.GetRequiredService<Vault>();
                var photos = new PhotoDesk(
                    store,
                    services.GetRequiredService<IFileStore>(),
                    vault,
                    new RetentionOptions(),
                    TimeProvider.System
                );
                var invariants = new Invariants(store, vault, photos);
                var broken = 0;
                await foreach (var fault in invariants.CheckAsync(cancellation))
                {
                    Console.WriteLine(fault);
                    broken++;
                }
                Console.WriteLine(
                    broken == 0 ? "正常。 All invariants hold." : $"{broken} broken."
                );
                return broken == 0 ? 0 : 1;
            }
        );
        root.Subcommands.Add(command);
    }
}
