using System.Text;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>One process owns a data folder. The operating system frees the lock with the process, however it ends.</summary>
internal static class FolderLock
{
    public static FileStream Take(string folder)
    {
        var path = Path.Combine(folder, "lock");
        try
        {
            var file = new FileStream(
                path,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}"));
            file.Flush();
            return file;
        }
        catch (IOException e)
        {
            throw new InvalidOperationException(
                $"The data folder {folder} is in use by another process. Stop it, or name another folder with --data.",
                e
            );
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InvalidOperationException(
                $"The data folder {folder} cannot be written to.",
                e
            );
        }
    }
}
