using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.CosmosStandIn;
using OpinionPipeline.Local.Tests.Servers;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Storage;
using OpinionPipeline.Tests;

namespace OpinionPipeline.Local.Tests;

/// <summary>Three processes work one queue off into one store, and one of them is killed again and again.</summary>
public sealed class SeveralWorkersTests : IAsyncLifetime
{
    private const int Matters = 250;
    private const int Voices = 8;
    private const int PerKill = 50;

    private readonly string folder = Directory.CreateTempSubdirectory("op-several-").FullName;
    private readonly List<Worker> workers = [];
    private StandInServer cosmos = null!;
    private Azurite azurite = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Dictionary<string, string?> Settings =>
        new()
        {
            ["COSMOS_CONNECTION_STRING"] = cosmos.ConnectionString,
            ["COSMOS_DISABLE_IMDS_ACCESS"] = "true",
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["VAULT_KEY"] = Convert.ToBase64String(SHA256.HashData("several workers"u8)),
            // Whoever lives for seconds gains nothing by counting what it calls most.
            ["DOTNET_TieredPGO"] = "0",
        };

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        cosmos = await StandInServer.StartAsync(0);
        azurite = await Azurite.StartAsync(Token);
        await CloudModel.CopyToAsync(azurite, folder, Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
            await worker.DisposeAsync();
        await azurite.DisposeAsync();
        await cosmos.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task However_often_a_worker_is_killed_each_submission_is_processed_once_and_no_issue_is_split()
    {
        await using var services = await ServicesAsync();
        var matterOf = await SendAsync(services.GetRequiredService<Intake>());

        for (var i = 0; i < 3; i++)
            workers.Add(new Worker(Settings, folder));
        var store = services.GetRequiredService<IDocumentStore>();
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var (kills, seconds, before) = (0, 0, (long)Matters * Voices);
        for (long left; (left = await LeftAsync(store)) > 0; )
        {
            await second.WaitForNextTickAsync(Token);
            // As the hosts do each minute: a message may die with five workers and be put aside.
            if (++seconds % 60 == 0)
                await services.GetRequiredService<Housekeeping>().SweepAsync(Token);
            // Coming up takes seconds where three share two cores, and is what this test costs: before some have been
            // done, nobody is killed.
            if (before - left < PerKill)
                continue;
            before = left;
            var victim = workers.Find(w => w.IsWorking) ?? workers[0];
            await victim.DisposeAsync();
            workers.Remove(victim);
            workers.Add(new Worker(Settings, folder));
            TestContext.Current.TestOutputHelper?.WriteLine($"kill {++kills}, {left} left");
        }
        Assert.True(kills > 3);
        // Two founders whose searches crossed are rare, and what the reconciler is there for.
        await services
            .GetRequiredService<Reconciler>()
            .ReconcileAsync(TimeSpan.FromHours(1), Token);

        var issuesOf = new Dictionary<int, HashSet<string>>();
        await foreach (var stored in store.ScanAsync(Containers.Submissions, Token))
        {
            var matter = matterOf[stored.Document.Id];
            if (!issuesOf.TryGetValue(matter, out var issues))
                issuesOf.Add(matter, issues = []);
            issues.Add(stored.Document.IssueId!);
        }
        Assert.Equal(Matters, issuesOf.Count);
        Assert.Equal([], issuesOf.Where(m => m.Value.Count > 1).Select(m => m.Key));
        Assert.Equal(Matters, issuesOf.SelectMany(m => m.Value).Distinct().Count());
        await foreach (var stored in store.ScanAsync(Containers.Issues, Token))
            if (stored.Document.Count > 0)
                Assert.Equal(
                    (stored.Document.Id, Voices),
                    (stored.Document.Id, stored.Document.Count)
                );

        foreach (var worker in workers)
            await worker.DisposeAsync();
        var (code, output) = await LocalServer.RunAsync(
            Settings,
            ["verify", "--store", "cosmos", "--data", folder],
            Token
        );
        Assert.True(code == 0, output);
    }

    // Reposts word for word, and retold a little; shuffled, and sent from four sides at once.
    private static async Task<Dictionary<string, int>> SendAsync(Intake intake)
    {
        var random = new Random(7);
        var texts = new List<(int Matter, NewSubmission Submission)>();
        for (var matter = 0; matter < Matters; matter++)
        {
            // No two matters have words in common: what is put asunder here, many hands have put asunder.
            var words = string.Concat(
                Enumerable.Range(0, 60).Select(_ => (char)random.Next(0x4E00, 0x9FA5))
            );
            for (var voice = 0; voice < Voices; voice++)
                texts.Add(
                    (
                        matter,
                        new NewSubmission
                        {
                            Title = words[..12],
                            Body = voice % 2 == 0 ? words : $"您好，{words}。盼复{voice}。",
                            Station = "WEB",
                        }
                    )
                );
        }
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(texts));
        var matterOf = new Dictionary<string, int>();
        await Parallel.ForEachAsync(
            texts.Index().Chunk(50),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Token },
            async (chunk, stop) =>
            {
                var results = await intake.AcceptAllAsync(
                    [.. chunk.Select(t => (t.Item.Submission, (string?)$"key-{t.Index}"))],
                    new Sender("test", null, Channel.Batch),
                    stop
                );
                lock (matterOf)
                    foreach (var (text, result) in chunk.Zip(results))
                        matterOf.Add(result.Value.Id, text.Item.Matter);
            }
        );
        return matterOf;
    }

    private static Task<long> LeftAsync(IDocumentStore store) =>
        store.CountAsync(
            new Query<Submission>(
                Containers.Submissions,
                "byPending",
                Months.Of(TimeProvider.System.GetUtcNow())
            )
            {
                Equal = [QueueNames.Submissions],
            },
            Token
        );

    private async Task<ServiceProvider> ServicesAsync()
    {
        var settings = new HostSettings(
            Path.Combine(AppContext.BaseDirectory, "seeds"),
            null,
            new(cosmos.ConnectionString, null),
            new(azurite.ConnectionString, null, null),
            Settings["VAULT_KEY"]
        );
        var services = new ServiceCollection();
        services.AddLogging();
        await services.AddPipelineAsync(settings, null, Token);
        var built = services.BuildServiceProvider();
        await built.CreateMissingAsync(settings, Token);
        return built;
    }

    // One process of "work".
    private sealed class Worker : IAsyncDisposable
    {
        private readonly Process process;

        public Worker(IReadOnlyDictionary<string, string?> settings, string folder)
        {
            process = LocalServer.Start(
                settings,
                ["work", "--store", "cosmos", "--queue", "storage", "--data", folder]
            );
            process.OutputDataReceived += (_, e) => IsWorking |= e.Data == "Working";
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public bool IsWorking { get; private set; }

        public async ValueTask DisposeAsync()
        {
            // kill -9
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
