using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Local.Tests.Servers;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Pipeline.Submissions.Reading;

namespace OpinionPipeline.Local.Tests;

/// <summary>Preparing submissions ahead of their turn makes the work quicker and changes nothing.</summary>
public sealed class LookAheadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_at_once_or_one_by_one_the_same_messages_make_the_same_issues()
    {
        var together = await GroupedAsync(services =>
            services.GetRequiredService<QueueWorker>().DrainAsync(null, Token)
        );
        var oneByOne = await GroupedAsync(async services =>
        {
            var (queue, handler) = (
                services.GetRequiredService<IMessageQueue>(),
                services.GetRequiredService<MessageHandler>()
            );
            while (
                await queue.ReceiveAsync(QueueNames.Submissions, 1, TimeSpan.FromMinutes(1), Token)
                    is [var message]
            )
            {
                await handler.HandleAsync(message.Queue, message.Body, 1, Token);
                await queue.DeleteAsync(message, Token);
            }
        });
        Assert.Equal(oneByOne, together);
        // Some issues have several, and some of these repeat another.
        Assert.InRange(oneByOne.Select(s => s.Issue).Distinct().Count(), 60, 120);
        Assert.InRange(oneByOne.Count(s => s.DuplicateOf is not null), 5, 50);
    }

    [Fact]
    public async Task What_has_gone_or_changed_before_its_turn_is_not_worked_off_as_it_was()
    {
        await using var site = await EmbeddedSite.OpenAsync(Token);
        var services = site.Services;
        var store = services.GetRequiredService<IDocumentStore>();
        var changed = await AcceptAsync(services, "changed");
        var gone = await AcceptAsync(services, "gone");
        var handler = services.GetRequiredService<MessageHandler>();
        var messages = await services
            .GetRequiredService<IMessageQueue>()
            .ReceiveAsync(QueueNames.Submissions, 2, TimeSpan.FromMinutes(1), Token);
        await using var ahead = handler.LookAhead(messages, Token);
        await ahead.Work;
        await store.WriteAsync(
            Containers.Submissions.Delete(SubmissionId.Partition(gone), gone),
            Token
        );
        await store.UpdateAsync(
            Containers.Submissions,
            SubmissionId.Partition(changed),
            changed,
            s => s with { Title = "自来水浑浊发黄" },
            Token
        );
        foreach (var message in messages)
            await handler.HandleAsync(message.Queue, message.Body, 1, Token);

        var fingerprints = new List<(string, string)>();
        await foreach (var found in store.ScanAsync(Containers.Fingerprints, Token))
            fingerprints.Add((found.Document.Id, found.Document.Title));
        Assert.Equal([(changed, "自来水浑浊发黄")], fingerprints);
        Assert.NotNull((await store.SubmissionAsync(changed, Token))!.IssueId);
    }

    // The samples in order, each with its issue and what it repeats, by their numbers in the file.
    private static async Task<List<(int Issue, int? DuplicateOf)>> GroupedAsync(
        Func<ServiceProvider, Task> work
    )
    {
        await using var site = await EmbeddedSite.OpenAsync(Token);
        var samples = Path.Combine(EmbeddedSite.Seeds, "samples", "submissions.csv");
        var ids = new List<string>();
        await using var stream = File.OpenRead(samples);
        await foreach (
            var row in new SubmissionFile(
                stream,
                new ReadingLimits(),
                new DateOnly(2026, 11, 23)
            ).RowsAsync(Token)
        )
            ids.Add(await AcceptAsync(site.Services, $"{row.Number}", row.Submission));
        await work(site.Services);

        var number = ids.Select((id, i) => (id, i)).ToDictionary(n => n.id, n => n.i);
        var grouped = new List<(int, int?)>();
        var store = site.Services.GetRequiredService<IDocumentStore>();
        foreach (var id in ids)
        {
            var submission = (await store.SubmissionAsync(id, Token))!;
            grouped.Add(
                (
                    number[submission.IssueId![1..]],
                    submission.DuplicateOf is { } other ? number[other] : null
                )
            );
        }
        return grouped;
    }

    private static async Task<string> AcceptAsync(
        ServiceProvider services,
        string key,
        NewSubmission? submission = null
    ) =>
        (
            await services
                .GetRequiredService<Intake>()
                .AcceptAsync(
                    submission ?? new() { Body = $"前进村{key}组的自来水浑浊发黄，没有人敢喝。" },
                    key,
                    new Sender("test", submission is null ? "T04S01" : null, Channel.Batch),
                    Token
                )
        )
            .Value
            .Id;
}
