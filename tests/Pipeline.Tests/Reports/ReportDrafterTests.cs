using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Pipeline.Tests.Reports;

public sealed class ReportDrafterTests : OverAStore
{
    private const string Earlier = "I202611-aaaaaaaaaaaaaaaa";
    private const string Later = "I202611-bbbbbbbbbbbbbbbb";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_issue_merged_away_while_it_owed_a_report_owes_it_no_longer()
    {
        await store.WriteAsync(
            [
                Containers.Issues.Create(Issue(Earlier)),
                Containers.Issues.Create(
                    Issue(Later) with
                    {
                        MergedInto = Earlier,
                        Pending = QueueNames.Reports,
                    }
                ),
            ],
            Token
        );
        var county = CountyFiles.Load(Seeds.Folder());
        var queue = new SqliteMessageQueue(database, time);
        var drafter = new ReportDrafter(
            store,
            new IssueKeeper(
                store,
                queue,
                new(county, new RecurrenceRules([], new HashSet<string>()))
            ),
            null!,
            county,
            time
        );
        var sweeper = new Sweeper(store, queue, time);
        Assert.Equal(1, await sweeper.SweepAsync(TimeSpan.Zero, 1, Token));
        await drafter.DraftAsync(Later, Token);
        Assert.Equal(0, await sweeper.SweepAsync(TimeSpan.Zero, 1, Token));
    }

    private Issue Issue(string id) =>
        new()
        {
            Id = id,
            Title = "路灯",
            FirstSeen = time.GetUtcNow(),
            LastSeen = time.GetUtcNow(),
        };
}
