using OpinionPipeline.Pipeline.Files;
using OpinionPipeline.Storage.AzureStorage;
using OpinionPipeline.Tests;

namespace OpinionPipeline.Local.Tests.Servers;

/// <summary>The seeds' model where the cloud's hosts look for it: else each test trains it again.</summary>
internal static class CloudModel
{
    public static async Task CopyToAsync(
        Azurite azurite,
        string folder,
        CancellationToken cancellation
    )
    {
        await TrainedModel.CopyToAsync(folder, cancellation);
        var blobs = new BlobFileStore(
            StorageServices.Blobs(new(azurite.ConnectionString, null, null))
        );
        await blobs.CreateMissingAsync(cancellation);
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "models")))
        {
            await using var content = File.OpenRead(file);
            await blobs.WriteAsync(Folders.Models, Path.GetFileName(file), content, cancellation);
        }
    }
}
