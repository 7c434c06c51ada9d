using System.CommandLine;
using OpinionPipeline.Storage;

namespace OpinionPipeline.Local;

/// <summary>The options that every verb shares, and what they start.</summary>
internal sealed class LocalHost
{
    /// <summary>The seeds that came with the program.</summary>
    public static string Seeds => Path.Combine(AppContext.BaseDirectory, "seeds");

    private readonly Option<string> data = new("--data")
    {
        Description = "The data folder.",
        DefaultValueFactory = _ => ".data",
        Recursive = true,
    };
    private readonly Option<string> store = new("--store")
    {
        Description = "sqlite, or cosmos as COSMOS_CONNECTION_STRING or COSMOS_ENDPOINT says.",
        DefaultValueFactory = _ => "sqlite",
        Recursive = true,
    };
    private readonly Option<string> queue = new("--queue")
    {
        Description = "sqlite, or storage as AzureWebJobsStorage says.",
        DefaultValueFactory = _ => "sqlite",
        Recursive = true,
    };

    /// <summary>Adds the options to the program.</summary>
    public void Add(RootCommand root)
    {
        store.AcceptOnlyFromAmong("sqlite", "cosmos");
        queue.AcceptOnlyFromAmong("sqlite", "storage");
        foreach (var option in new[] { data, store, queue })
            root.Options.Add(option);
    }

    /// <summary>The data folder asked for.</summary>
    public string Data(ParseResult arguments) => arguments.GetRequiredValue(data);

    /// <summary>The settings asked for.</summary>
    public HostSettings Settings(ParseResult arguments) =>
        HostSettings.FromEnvironment(
            Seeds,
            Data(arguments),
            arguments.GetRequiredValue(store),
            arguments.GetRequiredValue(queue)
        );

    /// <summary>Registers the pipeline and says how far the first training is.</summary>
    public static Task AddAsync(
        IServiceCollection services,
        HostSettings settings,
        CancellationToken cancellation
    ) =>
        Progress.ShowAsync(
            "训练分类模型 Training the classifier",
            async progress =>
            {
                await services.AddPipelineAsync(settings, progress, cancellation);
                return true;
            }
        );

    /// <summary>The pipeline without a web server.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="create">True makes queues and containers that are missing.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ServiceProvider> BuildAsync(
        HostSettings settings,
        bool create,
        CancellationToken cancellation
    )
    {
        var services = new ServiceCollection();
        services.AddLogging(log =>
            log.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace)
        );
        await AddAsync(services, settings, cancellation);
        var built = services.BuildServiceProvider();
        if (create)
            await built.CreateMissingAsync(settings, cancellation);
        else
            await built.TakeUpCountyAsync(cancellation);
        return built;
    }

    /// <summary>Store, queue and vault alone.</summary>
    public static async Task<ServiceProvider> BuildStoresAsync(
        HostSettings settings,
        CancellationToken cancellation
    )
    {
        var built = new ServiceCollection().AddStores(settings).BuildServiceProvider();
        await built.CreateMissingAsync(settings, cancellation);
        return built;
    }
}
