using System.Text.Json;
using OpinionPipeline.Local.Tests.Servers;

namespace OpinionPipeline.Local.Tests;

public sealed class RunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("op-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_samples_become_issues_and_digests_and_a_second_run_changes_nothing()
    {
        var samples = Path.Combine(AppContext.BaseDirectory, "seeds", "samples", "submissions.csv");
        var rows = File.ReadLines(samples).Count() - 1;
        string[] run =
        [
            "run",
            samples,
            "--data",
            Path.Combine(folder, "data"),
            "--out",
            Path.Combine(folder, "out"),
        ];

        Assert.Equal(0, await LocalAsync(run));
        var first = await SummaryAsync();
        Assert.Equal(rows, first.GetProperty("received").GetInt32());
        Assert.Equal(0, first.GetProperty("rejected").GetInt32());
        Assert.Equal(Repeated(samples), first.GetProperty("duplicates").GetInt32());
        // Of the fifteen matters that the samples tell at least five times, most are found whatever the model's words are.
        var recurring = first.GetProperty("recurring").GetInt32();
        Assert.InRange(recurring, 8, 15);
        // One on each, and one on the letter that teachers of many villages signed.
        var reports = Directory
            .GetFiles(Path.Combine(folder, "out", "reports"), "*.docx")
            .Select(f => Path.GetFileName(f)[..2])
            .ToList();
        Assert.Equal(recurring, reports.Count(r => r == "RI"));
        Assert.Contains("RK", reports);
        Assert.Equal(reports.Count, first.GetProperty("reports").GetInt32());
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "out", "digests"), "*.docx"));
        Assert.Equal(0, await LocalAsync("verify", "--data", Path.Combine(folder, "data")));

        Assert.Equal(0, await LocalAsync(run));
        var second = await SummaryAsync();
        foreach (var figure in new[] { "received", "duplicates", "issues", "recurring", "reports" })
            Assert.Equal(
                first.GetProperty(figure).GetInt32(),
                second.GetProperty(figure).GetInt32()
            );
    }

    // What whoever wrote the samples says of them.
    private static int Repeated(string samples) =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(samples)!, "truth.csv"))
            .Skip(1)
            .Count(line => line.Split(',')[1].Length > 0);

    private async Task<JsonElement> SummaryAsync() =>
        JsonDocument
            .Parse(
                await File.ReadAllTextAsync(
                    Path.Combine(folder, "out", "summary.json"),
                    TestContext.Current.CancellationToken
                )
            )
            .RootElement;

    private static async Task<int> LocalAsync(params string[] arguments) =>
        (await LocalServer.RunAsync(TestContext.Current.CancellationToken, arguments)).ExitCode;
}
