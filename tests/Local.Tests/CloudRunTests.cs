using System.Text.Json;
using OpinionPipeline.CosmosStandIn;
using OpinionPipeline.Local.Tests.Servers;
using OpinionPipeline.Tests;

namespace OpinionPipeline.Local.Tests;

/// <summary>The main job on the cloud's store and queue: the real SDKs over the stand-in and over a real Azurite.</summary>
public sealed class CloudRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("op-cloud-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_samples_give_the_same_numbers_as_on_one_machine_at_no_more_than_60_request_units_each()
    {
        var embedded = await RunAsync("embedded", null, []);
        await using var cosmos = await StandInServer.StartAsync(0);
        await using var azurite = await Azurite.StartAsync(Token);
        await CloudModel.CopyToAsync(azurite, Path.Combine(folder, "cloud"), Token);
        var settings = new Dictionary<string, string?>
        {
            ["COSMOS_CONNECTION_STRING"] = cosmos.ConnectionString,
            ["COSMOS_DISABLE_IMDS_ACCESS"] = "true",
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
        };
        var cloud = await RunAsync("cloud", settings, ["--store", "cosmos", "--queue", "storage"]);
        foreach (
            var figure in new[]
            {
                "received",
                "rejected",
                "duplicates",
                "issues",
                "recurring",
                "digests",
                "reports",
            }
        )
            Assert.Equal(
                (figure, embedded.GetProperty(figure).GetInt32()),
                (figure, cloud.GetProperty(figure).GetInt32())
            );

        foreach (var ((container, operation), spent) in cosmos.Account.Spent.OrderBy(s => s.Key))
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{container, -14}{operation, -9}{spent.Requests, 6} {spent.Units, 9:0.0} RU"
            );
        Assert.InRange(cosmos.Account.Charge / cloud.GetProperty("received").GetInt32(), 20, 60);
    }

    private async Task<JsonElement> RunAsync(
        string name,
        Dictionary<string, string?>? settings,
        string[] options
    )
    {
        var data = Path.Combine(folder, name);
        await TrainedModel.CopyToAsync(data, Token);
        var (code, output) = await LocalServer.RunAsync(
            settings,
            [
                "run",
                Path.Combine(AppContext.BaseDirectory, "seeds", "samples", "submissions.csv"),
                "--data",
                data,
                "--out",
                Path.Combine(data, "out"),
                .. options,
            ],
            Token
        );
        Assert.True(code == 0, output);
        return JsonDocument.Parse(output).RootElement;
    }
}
