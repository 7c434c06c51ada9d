using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Time.Testing;
using OpinionPipeline.CosmosStandIn;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Storage.Cosmos;
using OpinionPipeline.Storage.Tests.Contracts;

namespace OpinionPipeline.Storage.Tests;

/// <summary>The real SDK over the stand-in gateway.</summary>
public sealed class CosmosDocumentStoreTests : DocumentStoreContract, IAsyncLifetime
{
    private readonly StandInStore cosmos = new();

    protected override IDocumentStore Store => cosmos.Store;

    protected override DateTimeOffset Now => cosmos.Time.GetUtcNow();

    protected override Task PassAsync(TimeSpan time)
    {
        cosmos.Time.Advance(time);
        return Task.CompletedTask;
    }

    public async ValueTask InitializeAsync() => await cosmos.OpenAsync();

    public ValueTask DisposeAsync()
    {
        cosmos.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A store of its own over a stand-in account of its own.</summary>
internal sealed class StandInStore : IDisposable
{
    private const string Endpoint = "https://127.0.0.1:8081/";

    // Nobody's: the stand-in checks no key.
    private static readonly string Key = Convert.ToBase64String(new byte[64]);
    private readonly CosmosClient client;

    static StandInStore() =>
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");

    public StandInStore()
    {
        Account = new(Time, Endpoint);
        client = new(
            Endpoint,
            Key,
            CosmosServices.Settings(
                new()
                {
                    ConnectionMode = ConnectionMode.Gateway,
                    LimitToEndpoint = true,
                    HttpClientFactory = () => new(new StandInHandler(Account)),
                }
            )
        );
        Store = Over(readsMayLag: false);
        StepStore = Over(readsMayLag: true);
    }

    private CosmosDocumentStore Over(bool readsMayLag) =>
        new(
            client.GetDatabase("opinions"),
            new CosmosCalls(TimeProvider.System),
            Time,
            readsMayLag
        );

    public FakeTimeProvider Time { get; } =
        new(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero));

    public Account Account { get; }

    public IDocumentStore Store { get; }

    /// <summary>The same as steps read it.</summary>
    public IDocumentStore StepStore { get; }

    public Task OpenAsync() =>
        CosmosServices.CreateMissingAsync(
            client,
            "opinions",
            TestContext.Current.CancellationToken
        );

    public void Dispose() => client.Dispose();
}
