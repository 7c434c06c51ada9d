using System.CommandLine;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Storage;

namespace OpinionPipeline.Local.Verbs;

/// <summary><c>work</c>: another pair of hands on queues that several processes share; no pages, nothing by the clock.</summary>
internal static class WorkVerb
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);

    public static void Add(RootCommand root, LocalHost host)
    {
        var command = new Command(
            "work",
            "Work the queues off beside other processes (with --store cosmos --queue storage)."
        );
        command.SetAction(
            (arguments, cancellation) => WorkAsync(host.Settings(arguments), cancellation)
        );
        root.Subcommands.Add(command);
    }

    private static async Task<int> WorkAsync(HostSettings settings, CancellationToken cancellation)
    {
        if (settings.Cosmos is null || settings.Storage is null)
            throw new ArgumentException(
                "A data folder has one process, which works by itself: work needs --store cosmos --queue storage."
            );
        // Whoever serves has made what the queues and the store need.
        await using var services = await LocalHost.BuildAsync(
            settings,
            create: false,
            cancellation
        );
        var worker = services.GetRequiredService<QueueWorker>();
        Console.WriteLine("Working");
        try
        {
            await Task.WhenAll(
                LoopAsync(() => worker.DrainAsync(null, cancellation)),
                LoopAsync(() => worker.TrainAsync(cancellation))
            );
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }

        async Task LoopAsync(Func<Task<int>> drain)
        {
            while (true)
                if (await drain() == 0)
                    await Task.Delay(Idle, cancellation);
        }
    }
}
