namespace OpinionPipeline.Pipeline.Files;

/// <summary>
/// What the product asks of a place for files: models, attachments, backups, the keys of cookies. Every implementation passes the same
/// contract tests.
/// </summary>
public interface IFileStore
{
    /// <summary>The file, or null where there is none.</summary>
    Task<Stream?> OpenAsync(string folder, string name, CancellationToken cancellation);

    /// <summary>Writes the file whole or not at all, whatever was there.</summary>
    Task WriteAsync(string folder, string name, Stream content, CancellationToken cancellation);

    /// <summary>Away with it; already gone counts as done.</summary>
    Task DeleteAsync(string folder, string name, CancellationToken cancellation);

    /// <summary>The names in a folder, in order.</summary>
    Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation);
}

/// <summary>The folders there are.</summary>
public static class Folders
{
    public const string Models = "models";
    public const string Attachments = "attachments";
    public const string Backups = "backups";
    public const string WebKeys = "web-keys";

    /// <summary>Files looked at on a page and not yet taken.</summary>
    public const string Uploads = "uploads";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Models, Attachments, Backups, WebKeys, Uploads];
}
