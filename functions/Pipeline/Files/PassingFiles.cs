using System.Globalization;

namespace OpinionPipeline.Pipeline.Files;

/// <summary>
/// Files that do not stay: the name begins with the second from which they are to be gone, so that whatever is left of them
/// goes too, even where nothing else remembers it.
/// </summary>
public static class PassingFiles
{
    /// <summary>The name of a file that stays until then.</summary>
    public static string Name(DateTimeOffset until, string rest) => $"{Stamp(until)}-{rest}";

    /// <summary>Deletes those whose time is over.</summary>
    /// <returns>How many went.</returns>
    public static async Task<int> DeletePassedAsync(
        this IFileStore files,
        string folder,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var gone = 0;
        foreach (var name in await files.ListAsync(folder, cancellation))
        {
            if (string.CompareOrdinal(name, Stamp(now)) >= 0)
                break;
            await files.DeleteAsync(folder, name, cancellation);
            gone++;
        }
        return gone;
    }

    private static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
