using System.Globalization;
using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>The model files of a data folder: <c>models/m0001.zip</c>, … and which of them is in force.</summary>
public sealed class ModelShelf(string folder, TimeProvider time)
{
    private string Models => Path.Combine(folder, "models");

    private string CurrentFile => Path.Combine(Models, "current");

    /// <summary>The model in force; trains the first one from a corpus where there is none yet, which takes some seconds.</summary>
    public async Task<(TextClassifier Model, string Version)> OpenAsync(
        string corpusFolder,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        Directory.CreateDirectory(Models);
        if (File.Exists(CurrentFile))
        {
            var version = (await File.ReadAllTextAsync(CurrentFile, cancellation)).Trim();
            return (TextClassifier.Load(FileOf(version)), version);
        }
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
        model.Save(FileOf(first));
        await File.WriteAllTextAsync(CurrentFile, first, cancellation);
        return (model, first);
    }

    private string FileOf(string version) => Path.Combine(Models, version + ".zip");
}
