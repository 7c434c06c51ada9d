using System.Globalization;
using System.Text;
using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Files;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>The model files, <c>m0001.zip</c>, … in their folder, and which of them is in force.</summary>
public sealed class ModelShelf(IFileStore files, TimeProvider time)
{
    private const string Current = "current";

    /// <summary>The model in force; trains the first one from a corpus where there is none yet, which takes some seconds.</summary>
    public async Task<(TextClassifier Model, string Version)> OpenAsync(
        string corpusFolder,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        if (await InForceAsync(cancellation) is { } version)
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
                    new TrainingOptions(),
                    time.GetUtcNow(),
                    progress,
                    cancellation
                ),
            cancellation
        );
        var first = 1.ToString("'m'0000", CultureInfo.InvariantCulture);
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        await files.WriteAsync(Folders.Models, FileOf(first), file, cancellation);
        using var name = new MemoryStream(Encoding.UTF8.GetBytes(first));
        await files.WriteAsync(Folders.Models, Current, name, cancellation);
        return (model, first);
    }

    private async Task<string?> InForceAsync(CancellationToken cancellation)
    {
        await using var stream = await files.OpenAsync(Folders.Models, Current, cancellation);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync(cancellation)).Trim();
    }

    private async Task<TextClassifier> LoadAsync(string version, CancellationToken cancellation)
    {
        await using var stream =
            await files.OpenAsync(Folders.Models, FileOf(version), cancellation)
            ?? throw new InvalidDataException(
                $"The model {version} is in force and its file is missing."
            );
        return TextClassifier.Load(stream);
    }

    private static string FileOf(string version) => version + ".zip";
}
