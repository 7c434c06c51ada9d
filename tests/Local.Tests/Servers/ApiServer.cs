using System.Net.Http.Json;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(OpinionPipeline.Local.Tests.Servers.ApiServer))]

namespace OpinionPipeline.Local.Tests.Servers;

/// <summary>One running server with a key of each kind, shared by the tests of the API.</summary>
public sealed class ApiServer : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("op-api-").FullName;
    private LocalServer server = null!;

    public HttpClient Station { get; private set; } = null!;
    public HttpClient OtherStation { get; private set; } = null!;
    public HttpClient Office { get; private set; } = null!;
    public HttpClient Committee { get; private set; } = null!;
    public HttpClient Trainer { get; private set; } = null!;
    public HttpClient Admin { get; private set; } = null!;
    public HttpClient Nobody { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var none = CancellationToken.None;
        var station = await LocalServer.KeyAsync(data, none, "--station", "T04S01");
        var other = await LocalServer.KeyAsync(data, none, "--station", "T04S02");
        var office = await LocalServer.KeyAsync(data, none, "--role", "office", "--office", "O01");
        var committee = await LocalServer.KeyAsync(data, none, "--role", "committee");
        var trainer = await LocalServer.KeyAsync(data, none, "--role", "trainer");
        var admin = await LocalServer.KeyAsync(data, none, "--role", "admin");
        server = await LocalServer.StartAsync(data, none);
        (Station, OtherStation, Office, Committee, Trainer, Admin, Nobody) = (
            server.Client(station),
            server.Client(other),
            server.Client(office),
            server.Client(committee),
            server.Client(trainer),
            server.Client(admin),
            server.Client(null)
        );
    }

    /// <summary>The submission once it is processed.</summary>
    public static async Task<JsonElement> ProcessedAsync(
        HttpClient client,
        string id,
        CancellationToken cancellation
    )
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var submission = await client.GetFromJsonAsync<JsonElement>(
                $"/api/v1/submissions/{id}",
                cancellation
            );
            if (submission.GetProperty("status").GetString() == "processed")
                return submission;
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
