using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.CosmosStandIn;
using OpinionPipeline.Local.Tests.Servers;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Storage;

namespace OpinionPipeline.Local.Tests;

/// <summary>The county as it was edited, in the processes that use it.</summary>
public sealed class CountyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("op-county-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_was_saved_outlives_a_kill_is_known_at_the_console_and_comes_back_from_a_backup()
    {
        var data = Path.Combine(folder, "data");
        var key = await LocalServer.KeyAsync(data, Token, "--role", "admin");
        await using (var server = await LocalServer.StartAsync(data, Token))
        {
            using var client = server.Client(key);
            var text = await client.GetStringAsync("/api/v1/county/stations", Token);
            using var csv = new StringContent(
                text + "T01S09,新联络站,New,T01,station\n",
                Encoding.UTF8,
                "text/csv"
            );
            (
                await client.PutAsync("/api/v1/county/stations", csv, Token)
            ).EnsureSuccessStatusCode();
            Assert.Contains("T01S09", await StationsAsync(client));
            await server.KillAsync();
        }
        await LocalServer.KeyAsync(data, Token, "--station", "T01S09");
        Assert.Equal(0, await RunAsync("verify", "--data", data));
        var (backup, restored) = (Path.Combine(folder, "b.zip"), Path.Combine(folder, "restored"));
        Assert.Equal(0, await RunAsync("backup", backup, "--data", data));
        Assert.Equal(0, await RunAsync("restore", backup, "--data", restored));
        await using var again = await LocalServer.StartAsync(restored, Token);
        using var other = again.Client(key);
        Assert.Contains("T01S09", await StationsAsync(other));
        var editions = await other.GetFromJsonAsync<JsonElement>("/api/v1/county", Token);
        Assert.Equal(1, editions.GetProperty("editions")[0].GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task In_the_cloud_another_process_works_by_it_within_a_minute()
    {
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        await using var cosmos = await StandInServer.StartAsync(0);
        var clock = new Clock();
        await using var one = await ProcessAsync(cosmos, "one", clock);
        await using var other = await ProcessAsync(cosmos, "other", clock);
        var desk = one.GetRequiredService<CountyDesk>();
        var saved = await desk.SaveAsync(
            new(CountySheets.Routing.File, null, EditKind.Change)
            {
                Key = "01",
                Fields = new Dictionary<string, string> { ["office"] = "O05" },
            },
            "admin#AAAAAA",
            Token
        );
        Assert.Equal(1, saved.Value.Number);
        Assert.Equal("O05", one.GetRequiredService<CountyDirectory>().OfficeFor("01"));

        var watch = other.GetRequiredService<CountyWatch>();
        await watch.RefreshAsync(Token);
        Assert.Equal("O01", other.GetRequiredService<CountyDirectory>().OfficeFor("01"));
        clock.Forward(TimeSpan.FromSeconds(59));
        await watch.RefreshAsync(Token);
        Assert.Equal("O05", other.GetRequiredService<CountyDirectory>().OfficeFor("01"));

        // Whoever saves on what the other has saved is told, and what is taken back there is taken back here.
        await other.GetRequiredService<CountyDesk>().TakeBackAsync(1, "admin#BBBBBB", Token);
        Assert.False((await desk.TakeBackAsync(1, "admin#AAAAAA", Token)).IsOk);
        Assert.Equal("O01", one.GetRequiredService<CountyDirectory>().OfficeFor("01"));
    }

    private async Task<ServiceProvider> ProcessAsync(StandInServer cosmos, string name, Clock clock)
    {
        var data = Path.Combine(folder, name);
        await TrainedModel.CopyToAsync(data, Token);
        var settings = new HostSettings(
            Path.Combine(AppContext.BaseDirectory, "seeds"),
            data,
            new(cosmos.ConnectionString, null),
            null,
            null
        );
        var services = new ServiceCollection();
        services.AddLogging();
        await services.AddPipelineAsync(settings, null, Token);
        services.AddSingleton<TimeProvider>(clock);
        var built = services.BuildServiceProvider();
        await built.CreateMissingAsync(settings, Token);
        return built;
    }

    private static async Task<IReadOnlyList<string?>> StationsAsync(HttpClient client)
    {
        var stations = await client.GetFromJsonAsync<JsonElement>("/api/v1/stations", Token);
        return
        [
            .. stations
                .GetProperty("items")
                .EnumerateArray()
                .Select(s => s.GetProperty("code").GetString()),
        ];
    }

    private static async Task<int> RunAsync(params string[] arguments) =>
        (await LocalServer.RunAsync(Token, arguments)).ExitCode;

    private sealed class Clock : TimeProvider
    {
        private long ahead;

        public void Forward(TimeSpan time) =>
            ahead += (long)(time.TotalSeconds * TimestampFrequency);

        public override long GetTimestamp() => base.GetTimestamp() + ahead;
    }
}
