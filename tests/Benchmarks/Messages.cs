using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Retraining;

namespace OpinionPipeline.Benchmarks;

/// <summary>What the benchmarks train on and classify.</summary>
internal static class Messages
{
    // The mean length of real messages, in characters.
    private const int Usual = 400;

    /// <summary>The file that <c>LABELLED</c> names with the seeds beside it, else the seeds alone.</summary>
    public static IReadOnlyList<LabelledText> ToTrainOn() =>
        Real is null ? Seeds : OpinionPipeline.Model.Seeds.Beside(Read([Real]), Seeds);

    /// <summary>Real messages, else seeds, joined until they have the usual length.</summary>
    public static IReadOnlyList<(string Title, string Body)> ToClassify() =>
        Real is not null
            ? [.. Read([Real]).Select(t => (t.Title, t.Body))]
            :
            [
                .. Seeds.Select(
                    (t, i) =>
                    {
                        var body = t.Body;
                        while (body.Length < Usual)
                            body += Seeds[++i % Seeds.Count].Body;
                        return (t.Title, body);
                    }
                ),
            ];

    private static string? Real => Environment.GetEnvironmentVariable("LABELLED");

    private static List<LabelledText> Seeds =>
        field ??= Read(
            Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "*.csv")
        );

    private static List<LabelledText> Read(IEnumerable<string> files) =>
        LabelledFiles
            .ReadAsync(files, new DateOnly(2026, 1, 1), CancellationToken.None)
            .GetAwaiter()
            .GetResult();
}
