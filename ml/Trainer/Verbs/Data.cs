using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Retraining;

namespace OpinionPipeline.Trainer.Verbs;

/// <summary>The files that <c>--data</c> names: separated by commas, a folder standing for its CSV files.</summary>
internal static class Data
{
    /// <summary>Completes dates without a year.</summary>
    public static DateOnly Today => LocalTime.DayOf(TimeProvider.System.GetUtcNow());

    public static Task<List<LabelledText>> ReadAsync(
        string names,
        CancellationToken cancellation
    ) => LabelledFiles.ReadAsync(Files(names), Today, cancellation);

    /// <summary>What categories are called by the county whose folder holds that of the seeds; none where there is none.</summary>
    public static IReadOnlyList<LabelledText> NamesBeside(string seeds)
    {
        var county = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(seeds));
        return county is not null && File.Exists(Path.Combine(county, "taxonomy.csv"))
            ? CategoryNames.Of(CountyFiles.Load(county))
            : [];
    }

    public static List<string> Files(string names) =>
        [
            .. names
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .SelectMany(name =>
                    Directory.Exists(name) ? Directory.GetFiles(name, "*.csv")
                    : File.Exists(name) ? [name]
                    : throw new FileNotFoundException($"--data: there is no file or folder {name}.")
                ),
        ];
}
