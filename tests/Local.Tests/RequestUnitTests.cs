using System.Globalization;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpinionPipeline.CosmosStandIn;
using OpinionPipeline.Local.Tests.Servers;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Storage;
using OpinionPipeline.Storage.Cosmos;
using OpinionPipeline.Trainer.Grouping;

namespace OpinionPipeline.Local.Tests;

/// <summary>
/// What a submission costs on Cosmos DB must not depend on how many came before. 2,000 here; RU_SUBMISSIONS=100000 in the
/// environment for the long run.
/// </summary>
public sealed class RequestUnitTests : IDisposable
{
    private const int Chunk = 500;
    private readonly string data = Directory.CreateTempSubdirectory("op-ru-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task The_last_submission_costs_no_more_than_the_first_thousand_did()
    {
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        var count = int.Parse(
            Environment.GetEnvironmentVariable("RU_SUBMISSIONS") ?? "2000",
            CultureInfo.InvariantCulture
        );
        var account = new Account(TimeProvider.System, "https://127.0.0.1:8081/");
        await using var services = await ServicesAsync(account);
        var intake = services.GetRequiredService<Intake>();
        var worker = services.GetRequiredService<QueueWorker>();
        var perSubmission = new List<double>();
        var texts = await TextsAsync(count);
        foreach (var chunk in texts.Chunk(Chunk))
        {
            var before = account.Charge;
            foreach (var some in chunk.Chunk(50))
            {
                await intake.AcceptAllAsync(
                    [.. some.Select(s => (s, (string?)null))],
                    new Sender("test", null, Channel.Batch),
                    Token
                );
                await worker.DrainAsync(null, Token);
            }
            perSubmission.Add((account.Charge - before) / chunk.Length);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{perSubmission.Count * Chunk} submissions, {perSubmission[^1]:0.0} RU each"
            );
        }
        foreach (var ((container, operation), spent) in account.Spent.OrderBy(s => s.Key))
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{container, -14}{operation, -9}{(double)spent.Requests / count, 6:0.00} {spent.Units / count, 7:0.00} RU"
            );
        Assert.All(perSubmission, p => Assert.InRange(p, 20, 60));
        // The first find little to be compared with; what holds by the ten thousandth holds ever after.
        var settled = perSubmission.Take(10_000 / Chunk).Max();
        Assert.InRange(perSubmission[^1], 0, 1.05 * settled);
    }

    // The mix is the same from the first thousand on; every second says who speaks.
    private static async Task<IEnumerable<NewSubmission>> TextsAsync(int count)
    {
        var seeds = Directory.GetFiles(
            Path.Combine(AppContext.BaseDirectory, "seeds", "corpus"),
            "*.csv"
        );
        var texts = await LabelledFiles.ReadAsync(seeds, new DateOnly(2026, 1, 1), Token);
        return new InventedMessages(texts, seed: 3)
            .Take(count, TimeProvider.System.GetUtcNow())
            .Select(
                (invented, i) =>
                    i % 2 == 0
                        ? invented.Submission
                        : invented.Submission with
                        {
                            Reporter = new("某某", $"138{i:00000000}"),
                        }
            );
    }

    private async Task<ServiceProvider> ServicesAsync(Account account)
    {
        await TrainedModel.CopyToAsync(data, Token);
        var settings = new HostSettings(
            Path.Combine(AppContext.BaseDirectory, "seeds"),
            data,
            new("AccountEndpoint=https://127.0.0.1:8081/;AccountKey=AAAA", null),
            null,
            null
        );
        var services = new ServiceCollection();
        services.AddLogging();
        await services.AddPipelineAsync(settings, null, Token);
        services.AddSingleton(_ => new CosmosClient(
            "https://127.0.0.1:8081/",
            Convert.ToBase64String(new byte[64]),
            CosmosServices.Settings(
                new()
                {
                    ConnectionMode = ConnectionMode.Gateway,
                    LimitToEndpoint = true,
                    HttpClientFactory = () => new(new StandInHandler(account)),
                }
            )
        ));
        var built = services.BuildServiceProvider();
        await built.CreateMissingAsync(settings, Token);
        return built;
    }
}
