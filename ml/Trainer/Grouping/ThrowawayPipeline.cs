using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Model;
using OpinionPipeline.Storage;

namespace OpinionPipeline.Trainer.Grouping;

/// <summary>The product's own pipeline over the embedded store, in a folder that goes when the work is done.</summary>
internal static class ThrowawayPipeline
{
    /// <summary>Opens it with a classifier from a file, or one trained from the seeds.</summary>
    /// <param name="folder">Where the store is made.</param>
    /// <param name="model">The classifier's file; null trains one.</param>
    /// <param name="language">What the texts are compared by; null for the classifier's.</param>
    /// <param name="cancellation">Stops the training.</param>
    public static async Task<ServiceProvider> OpenAsync(
        string folder,
        string? model,
        Language? language,
        CancellationToken cancellation
    )
    {
        var seeds = Path.Combine(AppContext.BaseDirectory, "seeds");
        var settings = new HostSettings(seeds, folder, null, null, null);
        var services = new ServiceCollection();
        services.AddLogging();
        if (language is not null)
            services.AddSingleton(language);
        if (model is null)
            await services.AddPipelineAsync(settings, null, cancellation);
        else
            services.AddStores(settings).AddPipeline(seeds, TextClassifier.Load(model), "group");
        return services.BuildServiceProvider();
    }
}
