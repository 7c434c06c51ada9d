using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Cosmos;

/// <summary>Where the documents lie and how the account is entered.</summary>
/// <param name="ConnectionString">For the emulator and for development; in the cloud null.</param>
/// <param name="Endpoint">The account's address, entered by the process's managed identity.</param>
/// <param name="Database">The database's name.</param>
public sealed record CosmosOptions(
    string? ConnectionString,
    string? Endpoint,
    string Database = "opinions"
);

/// <summary>Registers the Cosmos DB store.</summary>
public static class CosmosServices
{
    /// <summary>Steps and answers write alike, what Cosmos DB acknowledges is durable; steps read more cheaply.</summary>
    public static IServiceCollection AddCosmosStore(
        this IServiceCollection services,
        CosmosOptions options
    )
    {
        services.AddSingleton(_ => Client(options));
        services.AddSingleton(s =>
            s.GetRequiredService<CosmosClient>().GetDatabase(options.Database)
        );
        services.AddSingleton<CosmosCalls>();
        services.AddSingleton<IDocumentStore>(s => Store(s, readsMayLag: false));
        services.AddKeyedSingleton<IDocumentStore>(
            PipelineServices.StepStore,
            (s, _) => Store(s, readsMayLag: true)
        );
        return services;
    }

    private static CosmosDocumentStore Store(IServiceProvider services, bool readsMayLag) =>
        new(
            services.GetRequiredService<Database>(),
            services.GetRequiredService<CosmosCalls>(),
            services.GetRequiredService<TimeProvider>(),
            readsMayLag
        );

    /// <summary>
    /// Makes database and containers where they are missing. Needs a key: in the cloud infra/ makes them, and the
    /// identity that the program runs under may not.
    /// </summary>
    public static async Task CreateMissingAsync(
        CosmosClient client,
        string database,
        CancellationToken cancellation
    )
    {
        var made = await client.CreateDatabaseIfNotExistsAsync(
            database,
            ThroughputProperties.CreateAutoscaleThroughput(1000),
            cancellationToken: cancellation
        );
        foreach (var container in Containers.All)
            await made.Database.CreateContainerIfNotExistsAsync(
                CosmosSchema.Of(container),
                cancellationToken: cancellation
            );
    }

    private static CosmosClient Client(CosmosOptions options) =>
        options.ConnectionString is { } connection
            // The emulators are reached through their gateway only.
            ? new(
                connection,
                Settings(
                    new CosmosClientOptions
                    {
                        ConnectionMode = ConnectionMode.Gateway,
                        LimitToEndpoint = true,
                    }
                )
            )
            : new(
                options.Endpoint,
                new Azure.Identity.DefaultAzureCredential(),
                Settings(new CosmosClientOptions())
            );

    /// <summary>What every client is set to: short tries of the SDK's own inside the budget of <see cref="CosmosCalls"/>.</summary>
    public static CosmosClientOptions Settings(CosmosClientOptions options)
    {
        options.ApplicationName = "OpinionPipeline";
        options.MaxRetryAttemptsOnRateLimitedRequests = 5;
        options.MaxRetryWaitTimeOnRateLimitedRequests = TimeSpan.FromSeconds(10);
        return options;
    }
}
