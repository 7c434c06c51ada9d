using OpinionPipeline.Pipeline.Files;
using OpinionPipeline.Storage.AzureStorage;
using OpinionPipeline.Storage.Tests.Contracts;

namespace OpinionPipeline.Storage.Tests;

public sealed class DataFolderTests : FileStoreContract, IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("files").FullName;

    protected override IFileStore Files => new DataFolder(path);

    public void Dispose() => Directory.Delete(path, recursive: true);

    [Fact]
    public async Task A_name_cannot_lead_out_of_its_folder() =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Files.OpenAsync(
                Folders.Models,
                "../keys/vault.key",
                TestContext.Current.CancellationToken
            )
        );
}

public sealed class BlobFileStoreTests(AzuriteFixture azurite)
    : FileStoreContract,
        IClassFixture<AzuriteFixture>,
        IAsyncLifetime
{
    private readonly BlobFileStore files = new(
        StorageServices.Blobs(new(azurite.ConnectionString, null, null))
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected override IFileStore Files => files;

    public async ValueTask InitializeAsync()
    {
        await files.CreateMissingAsync(Token);
        foreach (var folder in Folders.All)
        foreach (var name in await files.ListAsync(folder, Token))
            await files.DeleteAsync(folder, name, Token);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
