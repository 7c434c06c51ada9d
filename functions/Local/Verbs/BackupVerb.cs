using System.CommandLine;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Local.Verbs;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>.</summary>
internal static class BackupVerb
{
    public static void Add(RootCommand root, LocalHost host)
    {
        var file = new Argument<string>("file")
        {
            Description = "The backup, a .zip that holds the vault's key: keep it safe.",
        };
        var backup = new Command("backup", "Write a backup of the data folder.") { file };
        backup.SetAction(
            async (arguments, cancellation) =>
            {
                await using var database = new SqliteDatabase(host.Data(arguments));
                await Backup.WriteAsync(database, arguments.GetRequiredValue(file), cancellation);
            }
        );
        var restore = new Command("restore", "Make an empty data folder of a backup.") { file };
        restore.SetAction(
            (arguments, cancellation) =>
                Backup.RestoreAsync(
                    arguments.GetRequiredValue(file),
                    host.Data(arguments),
                    cancellation
                )
        );
        root.Subcommands.Add(backup);
        root.Subcommands.Add(restore);
    }
}
