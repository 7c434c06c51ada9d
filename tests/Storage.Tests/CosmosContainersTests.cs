using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Storage.Cosmos;

namespace OpinionPipeline.Storage.Tests;

public sealed class CosmosContainersTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>With WRITE_COSMOS_CONTAINERS set, the file is written anew instead.</summary>
    [Fact]
    public async Task What_infra_makes_in_the_cloud_is_what_the_code_asks_of_its_containers()
    {
        var path = Path.Combine(Folder(), "../../infra/cosmos-containers.json");
        var wanted =
            JsonSerializer.Serialize(Containers.All.Select(c => Of(CosmosSchema.Of(c))), Indented)
            + "\n";
        if (Environment.GetEnvironmentVariable("WRITE_COSMOS_CONTAINERS") is { Length: > 0 })
            await File.WriteAllTextAsync(path, wanted, TestContext.Current.CancellationToken);
        Assert.Equal(
            wanted,
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken),
            ignoreLineEndingDifferences: true
        );
    }

    private static object Of(ContainerProperties container) =>
        new
        {
            name = container.Id,
            partitionKey = container.PartitionKeyPath,
            defaultTtl = container.DefaultTimeToLive,
            indexingPolicy = new
            {
                automatic = container.IndexingPolicy.Automatic,
                indexingMode = "consistent",
                includedPaths = container.IndexingPolicy.IncludedPaths.Select(p => new
                {
                    path = p.Path,
                }),
                excludedPaths = container.IndexingPolicy.ExcludedPaths.Select(p => new
                {
                    path = p.Path,
                }),
                compositeIndexes = container.IndexingPolicy.CompositeIndexes.Select(index =>
                    index.Select(p => new
                    {
                        path = p.Path,
                        order = p.Order == CompositePathSortOrder.Descending
                            ? "descending"
                            : "ascending",
                    })
                ),
            },
        };

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
