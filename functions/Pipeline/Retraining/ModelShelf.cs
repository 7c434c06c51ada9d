using System.Globalization;
using System.Text;
using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Files;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>
/// The model files, <c>m0001.zip</c>, … in their folder, and which of them is in force. The file <c>current</c> names it
/// in its first line, and below it those that stood before, so that one write promotes and one takes it back. Of two
/// promotions at the same moment the later write holds.
/// </summary>
public sealed class ModelShelf(IFileStore files, TimeProvider time)
{
    private const string Current = "current";
    private const string Extension = ".zip";
    private const string SeenExtension = ".seen";
    private const int MostBefore = 10;

    /// <summary>The model in force; trains the first one from a corpus where there is none yet, which takes some seconds.</summary>
    /// <param name="corpusFolder">Where the corpus lies.</param>
    /// <param name="names">What its categories are called, see <see cref="CategoryNames"/>.</param>
    /// <param name="progress">Is told how far the training is, 0 to 1.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<(TextClassifier Model, string Version)> OpenAsync(
        string corpusFolder,
        IReadOnlyList<LabelledText> names,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        if (await LineAsync(cancellation) is [var version, ..])
            return (await LoadAsync(version, cancellation), version);
        var texts = await LabelledFiles.ReadAsync(
            Directory.GetFiles(corpusFolder, "*.csv"),
            LocalTime.DayOf(time.GetUtcNow()),
            cancellation
        );
        var model = await Task.Run(
            () =>
                ClassifierTrainer.Train(
                    texts,
                    new TrainingOptions { Names = names },
                    time.GetUtcNow(),
                    progress,
                    cancellation
                ),
            cancellation
        );
        var first = Name(1);
        await SaveAsync(first, model, [], cancellation);
        await PromoteAsync(first, cancellation);
        return (model, first);
    }

    /// <summary>The name of a number's version.</summary>
    public static string Name(int number) =>
        number.ToString("'m'0000", CultureInfo.InvariantCulture);

    /// <summary>The version in force and those that stood before it, the latest first; empty where there is none yet.</summary>
    public async Task<IReadOnlyList<string>> LineAsync(CancellationToken cancellation)
    {
        await using var stream = await files.OpenAsync(Folders.Models, Current, cancellation);
        if (stream is null)
            return [];
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync(cancellation)).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
    }

    /// <summary>Puts a version in force, on top of the one that is.</summary>
    public async Task PromoteAsync(string version, CancellationToken cancellation)
    {
        var line = await LineAsync(cancellation);
        if (line is [var top, ..] && top == version)
            return;
        await WriteLineAsync([version, .. line.Take(MostBefore)], cancellation);
    }

    /// <summary>Puts the one before back in force.</summary>
    /// <returns>Its version; null where there is none, or its file is gone.</returns>
    public async Task<string?> RollBackAsync(CancellationToken cancellation)
    {
        var line = await LineAsync(cancellation);
        if (line.Count < 2 || !await HasAsync(line[1], cancellation))
            return null;
        await WriteLineAsync(line.Skip(1), cancellation);
        return line[1];
    }

    /// <summary>True where the version's file is still kept.</summary>
    public async Task<bool> HasAsync(string version, CancellationToken cancellation) =>
        (await files.ListAsync(Folders.Models, cancellation)).Contains(version + Extension);

    /// <summary>Reads a version.</summary>
    /// <exception cref="InvalidDataException">Its file is missing or no model.</exception>
    public async Task<TextClassifier> LoadAsync(string version, CancellationToken cancellation)
    {
        await using var stream =
            await files.OpenAsync(Folders.Models, version + Extension, cancellation)
            ?? throw new InvalidDataException($"The file of the model {version} is missing.");
        return TextClassifier.Load(stream);
    }

    /// <summary>Writes a version and which submissions it was trained on.</summary>
    public async Task SaveAsync(
        string version,
        TextClassifier model,
        IEnumerable<string> trainedOn,
        CancellationToken cancellation
    )
    {
        await WriteAsync(version + SeenExtension, trainedOn, cancellation);
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        await files.WriteAsync(Folders.Models, version + Extension, file, cancellation);
    }

    /// <summary>The submissions that a version was trained on; none where that is not known.</summary>
    public async Task<IReadOnlySet<string>> TrainedOnAsync(
        string version,
        CancellationToken cancellation
    )
    {
        await using var stream = await files.OpenAsync(
            Folders.Models,
            version + SeenExtension,
            cancellation
        );
        if (stream is null)
            return new HashSet<string>();
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync(cancellation))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet();
    }

    /// <summary>Lets the files of old versions go: all but the newest, the one in force and those that stood before it.</summary>
    /// <returns>How many versions went.</returns>
    public async Task<int> RetainAsync(int newest, CancellationToken cancellation)
    {
        var line = await LineAsync(cancellation);
        var old = (await files.ListAsync(Folders.Models, cancellation))
            .Where(f => f.EndsWith(Extension, StringComparison.Ordinal))
            .Select(f => f[..^Extension.Length])
            .OrderDescending(StringComparer.Ordinal)
            .Skip(newest)
            .Where(v => !line.Take(2).Contains(v))
            .ToList();
        foreach (var version in old)
        foreach (var extension in new[] { Extension, SeenExtension })
            await files.DeleteAsync(Folders.Models, version + extension, cancellation);
        return old.Count;
    }

    private Task WriteLineAsync(IEnumerable<string> line, CancellationToken cancellation) =>
        WriteAsync(Current, line, cancellation);

    private async Task WriteAsync(
        string name,
        IEnumerable<string> lines,
        CancellationToken cancellation
    )
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        await files.WriteAsync(Folders.Models, name, content, cancellation);
    }
}
