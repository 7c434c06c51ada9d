using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Accounts;
using OpinionPipeline.Pipeline.Audit;
using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Feedback;
using OpinionPipeline.Pipeline.Forums;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Photos;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline;

/// <summary>Registers everything between the store and the hosts.</summary>
public static class PipelineServices
{
    /// <summary>The key of the store that the steps write to; see the host's store for how it may differ.</summary>
    public const string StepStore = "steps";

    /// <summary>
    /// Needs <see cref="IDocumentStore"/> (also keyed <see cref="StepStore"/>), <see cref="IMessageQueue"/>,
    /// <see cref="Files.IFileStore"/>, <see cref="RetrainingOptions"/>, <see cref="CurrentClassifier"/> and
    /// <see cref="Vault"/> to be registered.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="seeds">The county's files as they came with the program.</param>
    /// <param name="county">What they say; where they were edited, it becomes that (<see cref="CountyWatch"/>).</param>
    public static IServiceCollection AddPipeline(
        this IServiceCollection services,
        CountyTexts seeds,
        CountyParts county
    )
    {
        services.AddSingleton(seeds);
        services.AddSingleton(county);
        services.AddSingleton(county.Directory);
        services.AddSingleton(county.Changes);
        services.AddSingleton(county.Recurrence);
        services.AddSingleton(county.Days);
        services.AddSingleton(county.Points);
        services.AddSingleton(county.Limits.Digests);
        services.AddSingleton(county.Limits.Retention);
        services.AddSingleton<Deadlines>();
        services.AddSingleton<CurrentPlaces>();
        services.AddSingleton<CountyWatch>();
        services.AddSingleton<CountyUse>();
        services.AddSingleton<CountyDesk>();
        services.AddSingleton(s =>
        {
            var given = s.GetService<Model.Language>();
            var classifier = s.GetRequiredService<CurrentClassifier>();
            return new MatterReader(
                s.GetRequiredService<CurrentPlaces>().Finder,
                () => given ?? classifier.Value.Model.Language
            );
        });
        services.AddSingleton(s =>
        {
            var classifier = s.GetRequiredService<CurrentClassifier>();
            return new MatterSimilarity(() => classifier.Value.Model.Pairs);
        });
        services.AddSingleton<Intake>();
        services.AddSingleton<BatchIntake>();
        services.AddSingleton<SimilarMatters>();
        services.AddSingleton<StationSubmissions>();
        services.AddSingleton<Receipts>();
        services.AddSingleton<IssueDescription>();
        services.AddSingleton<IssueKeeper>();
        services.AddSingleton<IssueSummary>();
        services.AddSingleton<DigestSchedule>();
        services.AddSingleton<ReplyDesk>();
        services.AddSingleton<OfficeDesk>();
        services.AddSingleton<HandBackDesk>();
        services.AddSingleton<ReportDesk>();
        services.AddSingleton<SlipDesk>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<RecentAccounts>();
        services.AddSingleton<RecurringOverview>();
        services.AddSingleton<RoutingReview>();
        services.AddSingleton<ReportDrafter>();
        services.AddSingleton<Regrouper>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<UsedMonths>();
        services.AddSingleton<Overdue>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<MonthPages>();
        services.AddSingleton<Splitter>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<Originals>();
        services.AddSingleton<PhotoDesk>();
        services.AddSingleton<ForumDesk>();
        services.AddSingleton<ForumItems>();
        services.AddSingleton<ForumCuts>();
        services.AddSingleton<Keys>();
        services.AddSingleton<KeyDesk>();
        services.AddSingleton<LabelDesk>();
        services.AddSingleton<ReviewQueue>();
        services.AddSingleton<ModelShelf>();
        services.AddSingleton<ModelWatch>();
        services.AddSingleton<ModelDesk>();
        services.AddSingleton<ModelJudge>();
        services.AddSingleton<TrainingTexts>();
        services.AddSingleton<MatterDecisions>();
        services.AddSingleton<MatterLearning>();
        services.AddSingleton<TrainingStep>();
        services.AddSingleton<Drift>();
        services.AddSingleton<TaxonomyReview>();
        services.AddSingleton(Steps);
        services.AddSingleton<QueueWorker>();
        return services;
    }

    // The same classes over the steps' store.
    private static MessageHandler Steps(IServiceProvider services)
    {
        var store = services.GetRequiredKeyedService<IDocumentStore>(StepStore);
        var time = services.GetRequiredService<TimeProvider>();
        var county = services.GetRequiredService<CountyDirectory>();
        var classifier = services.GetRequiredService<CurrentClassifier>();
        var reader = services.GetRequiredService<MatterReader>();
        var issues = new IssueKeeper(
            store,
            services.GetRequiredService<IMessageQueue>(),
            services.GetRequiredService<IssueDescription>()
        );
        var similarity = services.GetRequiredService<MatterSimilarity>();
        var neighbours = new Neighbours(store, reader, similarity);
        var vault = services.GetRequiredService<Vault>();
        var preparation = new Preparation(store, classifier, reader, neighbours, vault);
        var ahead = new LookAhead(
            preparation,
            services.GetRequiredService<CountyWatch>(),
            services.GetRequiredService<ModelWatch>(),
            // An embedded store is nobody else's.
            alone: services.GetServices<IPurgingStore>().Any()
        );
        return new(
            store,
            services.GetRequiredService<IMessageQueue>(),
            new SubmissionStep(
                store,
                preparation,
                ahead,
                neighbours,
                new Grouping(store, reader, similarity, neighbours),
                issues,
                vault,
                services.GetRequiredService<IMessageQueue>(),
                time
            ),
            ahead,
            new ReportDrafter(store, issues, classifier, county, time),
            new KindDrafter(
                store,
                issues,
                services.GetRequiredService<RecurrenceRules>(),
                classifier,
                county,
                time
            ),
            new DigestMaker(
                store,
                issues,
                new IssueSummary(store, classifier),
                services.GetRequiredService<UsedMonths>(),
                services.GetRequiredService<DigestOptions>(),
                services.GetRequiredService<Deadlines>(),
                time
            ),
            services.GetRequiredService<TrainingStep>(),
            services.GetRequiredService<ModelWatch>(),
            services.GetRequiredService<CountyWatch>()
        );
    }
}
