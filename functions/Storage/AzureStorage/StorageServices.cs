using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Storage.AzureStorage;

/// <summary>Where queues and files lie and how the account is entered.</summary>
/// <param name="ConnectionString">For Azurite and for development; in the cloud null.</param>
/// <param name="QueueUri">The queue service's address, entered by the process's managed identity.</param>
/// <param name="BlobUri">The blob service's address, likewise.</param>
public sealed record StorageOptions(string? ConnectionString, string? QueueUri, string? BlobUri);

/// <summary>Registers queues and files on Azure Storage.</summary>
public static class StorageServices
{
    /// <summary>The queues.</summary>
    public static IServiceCollection AddStorageQueues(
        this IServiceCollection services,
        StorageOptions options
    )
    {
        services.AddSingleton(_ => Queues(options));
        services.AddSingleton<StorageMessageQueue>();
        services.AddSingleton<IMessageQueue>(s => s.GetRequiredService<StorageMessageQueue>());
        return services;
    }

    /// <summary>The queue service, in Base64 as the Functions host expects it.</summary>
    public static QueueServiceClient Queues(StorageOptions options)
    {
        var settings = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        return options.ConnectionString is { } connection
            ? new(connection, settings)
            : new(
                Address(options.QueueUri, "queueServiceUri"),
                new DefaultAzureCredential(),
                settings
            );
    }

    /// <summary>The blob service.</summary>
    public static BlobServiceClient Blobs(StorageOptions options) =>
        options.ConnectionString is { } connection
            ? new(connection)
            : new(Address(options.BlobUri, "blobServiceUri"), new DefaultAzureCredential());

    private static Uri Address(string? address, string setting) =>
        new(
            address
                ?? throw new InvalidOperationException(
                    $"Neither AzureWebJobsStorage nor AzureWebJobsStorage__{setting} is set."
                )
        );
}
