using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Model;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Files;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Storage.AzureStorage;
using OpinionPipeline.Storage.Cosmos;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Storage;

/// <summary>What a host is started with.</summary>
/// <param name="Seeds">Folder of the county's seeds.</param>
/// <param name="Data">Folder of the embedded store; and of the vault's key where <paramref name="VaultKey"/> is null.</param>
/// <param name="Cosmos">Cosmos DB; null for the embedded store.</param>
/// <param name="Storage">Storage Queues and Blobs; null for the embedded queue and files.</param>
/// <param name="VaultKey">Base64 of the vault's 32 bytes.</param>
public sealed record HostSettings(
    string Seeds,
    string? Data,
    CosmosOptions? Cosmos,
    StorageOptions? Storage,
    string? VaultKey
)
{
    /// <summary>
    /// Settings out of the process's environment: COSMOS_CONNECTION_STRING or COSMOS_ENDPOINT, COSMOS_DATABASE;
    /// AzureWebJobsStorage or AzureWebJobsStorage__queueServiceUri and __blobServiceUri; VAULT_KEY.
    /// </summary>
    /// <param name="seeds">Folder of the county's seeds.</param>
    /// <param name="data">The data folder; null where there is none.</param>
    /// <param name="store">sqlite or cosmos.</param>
    /// <param name="queue">sqlite or storage.</param>
    public static HostSettings FromEnvironment(
        string seeds,
        string? data,
        string store,
        string queue
    ) =>
        new(
            seeds,
            data,
            store == "cosmos"
                ? new(
                    Value("COSMOS_CONNECTION_STRING"),
                    Value("COSMOS_ENDPOINT"),
                    Value("COSMOS_DATABASE") ?? "opinions"
                )
                : null,
            queue == "storage"
                ? new(
                    Value("AzureWebJobsStorage"),
                    Value("AzureWebJobsStorage__queueServiceUri"),
                    Value("AzureWebJobsStorage__blobServiceUri")
                )
                : null,
            Value("VAULT_KEY")
        );

    private static string? Value(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

/// <summary>Puts the pipeline together for either host.</summary>
public static class PipelineHost
{
    /// <summary>Registers store, queue, files and vault.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing or wrong; the message names it.</exception>
    public static IServiceCollection AddStores(
        this IServiceCollection services,
        HostSettings settings
    )
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => VaultOf(settings));
        if (settings.Cosmos is null || settings.Storage is null)
            services.AddSqliteDatabase(DataOf(settings));
        if (settings.Cosmos is { } cosmos)
            services.AddCosmosStore(cosmos);
        else
            services.AddSqliteStore();
        if (settings.Storage is { } storage)
            services.AddStorageQueues(storage);
        else
            services.AddSqliteQueue();
        services.AddSingleton(FilesOf(settings));
        return services;
    }

    /// <summary>Registers everything; trains the first model where there is none, which takes some seconds.</summary>
    public static async Task AddPipelineAsync(
        this IServiceCollection services,
        HostSettings settings,
        IProgress<double>? training,
        CancellationToken cancellation
    )
    {
        services.AddStores(settings);
        var files = FilesOf(settings);
        if (files is BlobFileStore blobs && settings.Storage!.ConnectionString is not null)
            await blobs.CreateMissingAsync(cancellation);
        var (model, version) = await new ModelShelf(files, TimeProvider.System).OpenAsync(
            Path.Combine(settings.Seeds, "corpus"),
            CategoryNames.Of(CountyFiles.Load(settings.Seeds)),
            training,
            cancellation
        );
        services.AddPipeline(settings.Seeds, model, version);
    }

    /// <summary>Registers what stands on the stores: the county's files, this classifier, the steps and the desks.</summary>
    public static void AddPipeline(
        this IServiceCollection services,
        string seeds,
        TextClassifier model,
        string version
    )
    {
        var county = CountyParts.Read(seeds);
        services.AddSingleton(new RetrainingOptions { Corpus = Path.Combine(seeds, "corpus") });
        services.AddSingleton(
            new CurrentClassifier(new Classifier(model, version, county.Directory, county.Changes))
        );
        services.AddPipeline(seeds, county);
    }

    /// <summary>
    /// Makes what is missing where connection strings allow it (in the cloud, infra/ has made it), then takes up the county
    /// as it was edited.
    /// </summary>
    public static async Task CreateMissingAsync(
        this IServiceProvider services,
        HostSettings settings,
        CancellationToken cancellation
    )
    {
        if (settings.Cosmos is { ConnectionString: not null } cosmos)
            await CosmosServices.CreateMissingAsync(
                services.GetRequiredService<CosmosClient>(),
                cosmos.Database,
                cancellation
            );
        if (settings.Storage is { ConnectionString: not null })
            await services
                .GetRequiredService<StorageMessageQueue>()
                .CreateMissingAsync(cancellation);
        await services.TakeUpCountyAsync(cancellation);
    }

    /// <summary>Takes up the county as it was edited; nothing where stores alone were registered.</summary>
    /// <exception cref="InvalidDataException">The files as edited and the seeds' do not go together.</exception>
    public static Task TakeUpCountyAsync(
        this IServiceProvider services,
        CancellationToken cancellation
    ) => services.GetService<CountyWatch>()?.LookAsync(cancellation) ?? Task.CompletedTask;

    private static IFileStore FilesOf(HostSettings settings) =>
        settings.Storage is { } storage
            ? new BlobFileStore(StorageServices.Blobs(storage))
            : new DataFolder(DataOf(settings));

    private static Vault VaultOf(HostSettings settings)
    {
        if (settings.VaultKey is not { } key)
            return Vault.FromFolder(DataOf(settings));
        try
        {
            return new(Convert.FromBase64String(key));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InvalidOperationException("VAULT_KEY is not the Base64 of 32 bytes.", e);
        }
    }

    private static string DataOf(HostSettings settings) =>
        settings.Data
        ?? throw new InvalidOperationException("Neither VAULT_KEY nor a data folder is given.");
}
