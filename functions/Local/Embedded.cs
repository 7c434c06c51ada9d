using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Local;

/// <summary>What every verb that works with the pipeline needs: county, model, key, store, queue.</summary>
internal static class Embedded
{
    /// <summary>The seeds that came with the program.</summary>
    public static string Seeds => Path.Combine(AppContext.BaseDirectory, "seeds");

    /// <summary>Registers the pipeline over a data folder; trains the first model where there is none.</summary>
    public static async Task AddEmbeddedAsync(
        this IServiceCollection services,
        string folder,
        CancellationToken cancellation
    )
    {
        Directory.CreateDirectory(folder);
        var county = CountyFiles.Load(Seeds);
        var shelf = new ModelShelf(folder, TimeProvider.System);
        var (model, version) = await Progress.ShowAsync(
            "训练分类模型 Training the classifier",
            progress => shelf.OpenAsync(Path.Combine(Seeds, "corpus"), progress, cancellation)
        );
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(county);
        services.AddSingleton(CountyFiles.LoadRecurrence(Seeds, county));
        services.AddSingleton(new CurrentClassifier(new Classifier(model, version, county)));
        services.AddSingleton(Vault.FromFolder(folder));
        services.AddSqliteStore(folder);
        services.AddPipeline();
    }

    /// <summary>The pipeline without a web server.</summary>
    public static async Task<ServiceProvider> BuildAsync(
        string folder,
        CancellationToken cancellation
    )
    {
        var services = new ServiceCollection();
        services.AddLogging(log =>
            log.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace)
        );
        await services.AddEmbeddedAsync(folder, cancellation);
        return services.BuildServiceProvider();
    }
}
