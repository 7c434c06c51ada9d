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

/// <summary>
/// The same against the emulator or account that COSMOS_CONNECTION_STRING names, in a database of its own that is deleted
/// afterwards; left out where none is named.
/// </summary>
public sealed class CosmosAccountTests : DocumentStoreContract, IAsyncLifetime
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private readonly string database = "contract-" + Guid.NewGuid().ToString("N");
    private CosmosClient? client;
    private CosmosDocumentStore? store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected override IDocumentStore Store => store!;

    protected override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    protected override async Task PassAsync(TimeSpan time)
    {
        Assert.SkipWhen(time > LongestWait, "An account's clock cannot be set forward.");
        await Task.Delay(time, TimeProvider.System, Token);
    }

    public async ValueTask InitializeAsync()
    {
        var connection = Environment.GetEnvironmentVariable("COSMOS_CONNECTION_STRING");
        Assert.SkipWhen(string.IsNullOrEmpty(connection), "COSMOS_CONNECTION_STRING is not set.");
        client = new(
            connection,
            CosmosServices.Settings(
                new() { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true }
            )
        );
        await CosmosServices.CreateMissingAsync(client, database, Token);
        store = new(
            client.GetDatabase(database),
            new CosmosCalls(TimeProvider.System),
            TimeProvider.System,
            readsMayLag: false
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (client is null)
            return;
        await client.GetDatabase(database).DeleteAsync(cancellationToken: CancellationToken.None);
        client.Dispose();
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
