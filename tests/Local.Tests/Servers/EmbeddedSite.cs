using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Storage;

namespace OpinionPipeline.Local.Tests.Servers;

/// <summary>The whole pipeline in this process, over an embedded store in a folder of its own.</summary>
internal sealed class EmbeddedSite(string data, ServiceProvider services) : IAsyncDisposable
{
    /// <summary>The folder of the county's seeds.</summary>
    public static string Seeds { get; } = Path.Combine(AppContext.BaseDirectory, "seeds");

    public ServiceProvider Services => services;

    public static async Task<EmbeddedSite> OpenAsync(CancellationToken cancellation)
    {
        var data = Directory.CreateTempSubdirectory("op-site-").FullName;
        await TrainedModel.CopyToAsync(data, cancellation);
        var collection = new ServiceCollection();
        collection.AddLogging();
        await collection.AddPipelineAsync(new(Seeds, data, null, null, null), null, cancellation);
        return new(data, collection.BuildServiceProvider());
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
