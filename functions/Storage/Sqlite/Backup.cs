using System.IO.Compression;
using Microsoft.Data.Sqlite;
using OpinionPipeline.Pipeline.Files;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>
/// A backup is one zip: the database as of one moment, the vault's key, the models and the photos. It holds the key: keep it as
/// safely as the data folder itself.
/// </summary>
public static class Backup
{
    private static readonly string[] Beside = ["keys", Folders.Models, Folders.Attachments];

    /// <summary>Writes a backup while the database is in use; the file appears whole or not at all.</summary>
    public static async Task WriteAsync(
        SqliteDatabase database,
        string file,
        CancellationToken cancellation
    )
    {
        var copy = Path.Combine(database.Folder, $"backup-{Guid.NewGuid():N}.db");
        var draft = file + ".new";
        try
        {
            database.Read(session => session.Execute("VACUUM INTO $1", copy));
            await using (var output = File.Create(draft))
            {
                await using (
                    var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true)
                )
                {
                    await zip.CreateEntryFromFileAsync(copy, SqliteDatabase.FileName, cancellation);
                    foreach (
                        var folder in Beside
                            .Select(b => Path.Combine(database.Folder, b))
                            .Where(Directory.Exists)
                    )
                    foreach (var path in Directory.GetFiles(folder))
                        await zip.CreateEntryFromFileAsync(
                            path,
                            $"{Path.GetFileName(folder)}/{Path.GetFileName(path)}",
                            cancellation
                        );
                }
                output.Flush(flushToDisk: true);
            }
            File.Move(draft, file, overwrite: true);
        }
        finally
        {
            File.Delete(copy);
            File.Delete(draft);
        }
    }

    /// <summary>Makes a data folder of a backup.</summary>
    /// <exception cref="InvalidDataException">The file is no backup of ours, or its database is damaged.</exception>
    /// <exception cref="InvalidOperationException">The folder holds a database already.</exception>
    public static async Task RestoreAsync(
        string file,
        string folder,
        CancellationToken cancellation
    )
    {
        if (File.Exists(Path.Combine(folder, SqliteDatabase.FileName)))
            throw new InvalidOperationException(
                $"{folder} holds a database already; restore into an empty folder."
            );
        var draft = folder.TrimEnd('/', '\\') + ".restoring";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft);
        try
        {
            await using (var zip = await ZipFile.OpenReadAsync(file, cancellation))
            {
                foreach (var entry in zip.Entries)
                {
                    var parts = entry.FullName.Split('/');
                    if (
                        entry.FullName != SqliteDatabase.FileName
                        && !(
                            parts.Length == 2
                            && Beside.Contains(parts[0])
                            && parts[1] == Path.GetFileName(parts[1])
                            && parts[1].Length > 0
                        )
                    )
                        throw new InvalidDataException(
                            $"{file} holds {entry.FullName}, which no backup does."
                        );
                    var target = Path.Combine([draft, .. parts]);
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    await entry.ExtractToFileAsync(target, cancellation);
                    if (!OperatingSystem.IsWindows() && parts[0] == "keys")
                        File.SetUnixFileMode(
                            target,
                            UnixFileMode.UserRead | UnixFileMode.UserWrite
                        );
                }
            }
            Check(Path.Combine(draft, SqliteDatabase.FileName));
            Directory.CreateDirectory(folder);
            // The database last: a folder without one counts as empty.
            foreach (var part in Beside.Where(b => Directory.Exists(Path.Combine(draft, b))))
            {
                if (Directory.Exists(Path.Combine(folder, part)))
                    Directory.Delete(Path.Combine(folder, part), recursive: true);
                Directory.Move(Path.Combine(draft, part), Path.Combine(folder, part));
            }
            File.Move(
                Path.Combine(draft, SqliteDatabase.FileName),
                Path.Combine(folder, SqliteDatabase.FileName)
            );
        }
        finally
        {
            Directory.Delete(draft, recursive: true);
        }
    }

    private static void Check(string path)
    {
        if (!File.Exists(path))
            throw new InvalidDataException("The backup holds no database.");
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = path,
                    Mode = SqliteOpenMode.ReadOnly,
                    Pooling = false,
                }.ConnectionString
            );
            connection.Open();
            using var session = new SqliteSession(connection);
            if ((long)session.Scalar("PRAGMA application_id")! != Schema.ApplicationId)
                throw new InvalidDataException("The database in the backup is not one of ours.");
            if ((string)session.Scalar("PRAGMA integrity_check")! is not "ok")
                throw new InvalidDataException("The database in the backup is damaged.");
        }
        catch (SqliteException e)
        {
            throw new InvalidDataException(
                $"The database in the backup cannot be read: {e.Message}",
                e
            );
        }
    }
}
