using OpinionPipeline.Pipeline.Files;

namespace OpinionPipeline.Storage;

/// <summary>The files contract in a folder of the machine.</summary>
public sealed class DataFolder(string path) : IFileStore
{
    public Task<Stream?> OpenAsync(string folder, string name, CancellationToken cancellation)
    {
        var file = Place(folder, name);
        return Task.FromResult<Stream?>(File.Exists(file) ? File.OpenRead(file) : null);
    }

    public async Task WriteAsync(
        string folder,
        string name,
        Stream content,
        CancellationToken cancellation
    )
    {
        var file = Place(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = $"{file}.{Guid.NewGuid():N}.new";
        try
        {
            await using (var output = File.Create(draft))
            {
                await content.CopyToAsync(output, cancellation);
                output.Flush(flushToDisk: true);
            }
            File.Move(draft, file, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    public Task DeleteAsync(string folder, string name, CancellationToken cancellation)
    {
        var file = Place(folder, name);
        if (File.Exists(file))
            File.Delete(file);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation)
    {
        var place = Path.Combine(path, folder);
        return Task.FromResult<IReadOnlyList<string>>(
            Directory.Exists(place)
                ?
                [
                    .. Directory
                        .GetFiles(place)
                        .Select(f => Path.GetFileName(f))
                        .Where(n => !n.EndsWith(".new", StringComparison.Ordinal))
                        .Order(StringComparer.Ordinal),
                ]
                : []
        );
    }

    private string Place(string folder, string name) =>
        name.Length > 0 && name == Path.GetFileName(name)
            ? Path.Combine(path, folder, name)
            : throw new ArgumentException($"'{name}' is no file name.");
}
