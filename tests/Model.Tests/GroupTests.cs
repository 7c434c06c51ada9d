using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OpinionPipeline.Model.Tests;

/// <summary>The trainer's <c>group</c> as it is typed.</summary>
public sealed partial class GroupTests : IDisposable
{
    private static readonly string Samples = Path.Combine(
        AppContext.BaseDirectory,
        "seeds",
        "samples"
    );
    private readonly string folder = Directory.CreateTempSubdirectory("op-group-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_samples_are_grouped_as_whoever_wrote_them_meant()
    {
        var groups = Path.Combine(folder, "groups.csv");
        var data = Path.Combine(Samples, "submissions.csv");
        var said = await TrainerAsync(
            $"group --data {data} --out {groups} --truth {Path.Combine(Samples, "truth.csv")}"
        );
        var sent = await File.ReadAllLinesAsync(data, TestContext.Current.CancellationToken);
        var grouped = await File.ReadAllLinesAsync(groups, TestContext.Current.CancellationToken);
        Assert.Equal("id,duplicateOf,issueId,kindId,similarity", grouped[0]);
        Assert.Equal(Ids(sent), Ids(grouped));
        Assert.All(grouped.Skip(1), line => Assert.StartsWith("I", line.Split(',')[2]));
        var found = Pairs().Match(said);
        Assert.True(found.Success, said);
        Assert.InRange(double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture), 0.9, 1);
        Assert.InRange(double.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture), 0.6, 1);
    }

    private static IEnumerable<string> Ids(string[] lines) =>
        lines.Skip(1).Select(l => l.Split(',')[0]).Order(StringComparer.Ordinal);

    private static async Task<string> TrainerAsync(string arguments)
    {
        using var trainer = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                $"{Path.Combine(AppContext.BaseDirectory, "OpinionPipeline.Trainer.dll")} {arguments}"
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = trainer.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await trainer.StandardOutput.ReadToEndAsync(
            TestContext.Current.CancellationToken
        );
        await trainer.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(trainer.ExitCode == 0, await error);
        return output;
    }

    [GeneratedRegex(@"pairs: precision ([\d.]+), recall ([\d.]+)")]
    private static partial Regex Pairs();
}
