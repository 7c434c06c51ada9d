using System.CommandLine;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Local.Verbs;

/// <summary><c>verify</c>: checks every invariant of the store.</summary>
internal static class Verify
{
    public static void Add(RootCommand root, Option<string> data)
    {
        var command = new Command(
            "verify",
            "Check the store; exit code 1 and a list where something is broken."
        );
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var folder = arguments.GetRequiredValue(data);
                if (!File.Exists(Path.Combine(folder, SqliteDatabase.FileName)))
                    throw new InvalidOperationException($"{folder} holds no database.");
                await using var database = new SqliteDatabase(folder);
                var store = new SqliteDocumentStore(
                    database,
                    TimeProvider.System,
                    Durability.Synced
                );
                var broken = 0;
                await foreach (
                    var fault in new Invariants(store, Vault.FromFolder(folder)).CheckAsync(
                        cancellation
                    )
                )
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
