using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using OpinionPipeline.Pipeline.Files;

namespace OpinionPipeline.Storage.AzureStorage;

/// <summary>The files contract over Azure Blobs, a container a folder.</summary>
public sealed class BlobFileStore(BlobServiceClient service) : IFileStore
{
    /// <summary>Makes the containers that are missing.</summary>
    public async Task CreateMissingAsync(CancellationToken cancellation)
    {
        foreach (var folder in Folders.All)
            await service
                .GetBlobContainerClient(folder)
                .CreateIfNotExistsAsync(cancellationToken: cancellation);
    }

    public async Task<Stream?> OpenAsync(string folder, string name, CancellationToken cancellation)
    {
        try
        {
            return await Blob(folder, name).OpenReadAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    public Task WriteAsync(
        string folder,
        string name,
        Stream content,
        CancellationToken cancellation
    ) => Blob(folder, name).UploadAsync(content, overwrite: true, cancellation);

    public Task DeleteAsync(string folder, string name, CancellationToken cancellation) =>
        Blob(folder, name).DeleteIfExistsAsync(cancellationToken: cancellation);

    public async Task<IReadOnlyList<string>> ListAsync(
        string folder,
        CancellationToken cancellation
    )
    {
        var names = new List<string>();
        await foreach (
            var blob in service
                .GetBlobContainerClient(folder)
                .GetBlobsAsync(cancellationToken: cancellation)
        )
            names.Add(blob.Name);
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private BlobClient Blob(string folder, string name) =>
        service.GetBlobContainerClient(folder).GetBlobClient(name);
}
