using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>Registers the embedded store and queue.</summary>
public static class SqliteServices
{
    /// <summary>The database of a data folder, which store and queue share.</summary>
    public static IServiceCollection AddSqliteDatabase(
        this IServiceCollection services,
        string folder
    ) => services.AddSingleton(_ => new SqliteDatabase(folder));

    /// <summary>What people are answered is synced to disk; what the steps write is ordered, see <see cref="SqliteDatabase"/>.</summary>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services)
    {
        services.AddSingleton(s => Store(s, Durability.Synced));
        services.AddSingleton<IDocumentStore>(s => s.GetRequiredService<SqliteDocumentStore>());
        services.AddSingleton<IPurgingStore>(s => s.GetRequiredService<SqliteDocumentStore>());
        services.AddKeyedSingleton<IDocumentStore>(
            PipelineServices.StepStore,
            (s, _) => Store(s, Durability.Ordered)
        );
        return services;
    }

    /// <summary>The queue.</summary>
    public static IServiceCollection AddSqliteQueue(this IServiceCollection services) =>
        services.AddSingleton<IMessageQueue, SqliteMessageQueue>();

    private static SqliteDocumentStore Store(IServiceProvider services, Durability durability) =>
        new(
            services.GetRequiredService<SqliteDatabase>(),
            services.GetRequiredService<TimeProvider>(),
            durability
        );
}
