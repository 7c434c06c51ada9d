using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Model;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Audit;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Forums;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Trainer.Grouping;

namespace OpinionPipeline.Benchmarks.Pages;

/// <summary>
/// A year of a county through its own pipeline: stations hand in, offices answer and hand back, people label, forums are
/// held, reports go out. The same count gives the same year.
/// </summary>
internal sealed class InventedYear(IServiceProvider services, MovedClock clock)
{
    /// <summary>The station that hands in a tenth of all.</summary>
    public const string Busiest = "T04S01";

    /// <summary>Rounds into which the year falls: in each a share of the submissions comes, and everybody does some work.</summary>
    private const int Rounds = 200;
    private const int Labelled = 8;
    private const int Digests = 10;
    private readonly IDocumentStore store = services.GetRequiredService<IDocumentStore>();
    private readonly CountyDirectory county = services.GetRequiredService<CountyDirectory>();
    private readonly QueueWorker worker = services.GetRequiredService<QueueWorker>();
    private readonly Random random = new(1);

    /// <summary>Lets it pass.</summary>
    public async Task PassAsync(
        int count,
        IReadOnlyList<LabelledText> texts,
        CancellationToken cancellation
    )
    {
        var intake = services.GetRequiredService<Intake>();
        var (number, round) = (0, 0);
        var messages = new InventedMessages(texts, seed: 1).Take(count, clock.Now);
        foreach (var chunk in messages.Chunk(Math.Max(1, count / Rounds)))
        {
            clock.Now = chunk[^1].Submission.SaidAt!.Value;
            foreach (
                var result in await intake.AcceptAllAsync(
                    [.. chunk.Select(m => (Of(m), (string?)$"{number++}"))],
                    new Sender("benchmark", null, Channel.Batch),
                    cancellation
                )
            )
                if (!result.IsOk)
                    throw new InvalidOperationException(result.Rejections[0].En);
            await worker.DrainAsync(null, cancellation);
            await WorkAsync(round++, cancellation);
            Console.Write($"\r{number, 9:N0}");
        }
        Console.WriteLine();
        // Reports are drafted some seconds after they are sent for.
        clock.Now = clock.Now.AddMinutes(1);
        await worker.DrainAsync(null, cancellation);
    }

    /// <summary>Makes the last digests of every office.</summary>
    public async Task DigestAsync(CancellationToken cancellation)
    {
        var schedule = services.GetRequiredService<DigestSchedule>();
        var (from, to) = schedule.LastPeriod();
        for (var back = 0; back < Digests; back++)
        {
            var days = (to - from) * back;
            await schedule.RequestAsync(from - days, to - days, cancellation);
        }
        await worker.DrainAsync(null, cancellation);
    }

    private NewSubmission Of(Invented message)
    {
        var station =
            random.Next(10) == 0
                ? Busiest
                : county.Stations[random.Next(county.Stations.Count)].Code;
        // A person has something to say now and then.
        var who = random.Next(100_000);
        return message.Submission with
        {
            Station = station,
            Reporter = new($"王{who}", $"139{who:00000000}"),
        };
    }

    private async Task WorkAsync(int round, CancellationToken cancellation)
    {
        await services.GetRequiredService<Housekeeping>().MarkOverdueAsync(cancellation);
        await AnswerAsync(cancellation);
        await LabelAsync(cancellation);
        await ReportAsync(cancellation);
        if (round % 4 == 1)
            await ForumAsync(cancellation);
        await worker.DrainAsync(null, cancellation);
    }

    // Each office answers what it looks at first, and hands one in ten back; the committee decides on half of these.
    private async Task AnswerAsync(CancellationToken cancellation)
    {
        var replies = services.GetRequiredService<ReplyDesk>();
        var handBacks = services.GetRequiredService<HandBackDesk>();
        foreach (var office in county.Offices)
        {
            var page = await store.QueryAsync(
                new Query<Issue>(Containers.Issues, "byOffice", Months.Of(clock.Now))
                {
                    Equal = [office.Code],
                    Limit = 12,
                },
                cancellation
            );
            foreach (var issue in page.Items.Select(i => i.Document))
                if (random.Next(10) > 0)
                    await replies.ReplyToIssueAsync(
                        issue.Id,
                        new(
                            "已安排人员到现场查看，本月内处理。",
                            "现场查看",
                            null,
                            null,
                            random.Next(2) == 0
                        ),
                        office.Code,
                        "office",
                        cancellation
                    );
                else
                    await handBacks.AskAsync(
                        issue.Id,
                        "不属于本单位的职责。",
                        null,
                        office.Code,
                        "office",
                        cancellation
                    );
        }
        foreach (var issue in await handBacks.WaitingAsync(cancellation))
            if (random.Next(2) == 0)
                await handBacks.RefuseAsync(issue.Id, "仍由你单位办理。", "staff", cancellation);
    }

    // Two people who agree mostly; what they do is audited.
    private async Task LabelAsync(CancellationToken cancellation)
    {
        var desk = services.GetRequiredService<LabelDesk>();
        var audit = services.GetRequiredService<AuditLog>();
        var first = county.Categories.Where(c => c.Level == 1).ToList();
        foreach (
            var submission in await services
                .GetRequiredService<ReviewQueue>()
                .NextAsync(Labelled, cancellation)
        )
        foreach (var who in new[] { "anna", "bert" })
        {
            var category =
                random.Next(5) == 0 ? first[random.Next(first.Count)].Code : submission.Category;
            await desk.LabelAsync(submission.Id, category, null, who, cancellation);
            await audit.WriteAsync(who, "POST /api/v1/labels", submission.Id, null, cancellation);
        }
    }

    private async Task ReportAsync(CancellationToken cancellation)
    {
        var desk = services.GetRequiredService<ReportDesk>();
        var page = await store.QueryAsync(
            new Query<Report>(Containers.Reports, "byStatus", $"{clock.Now.Year}")
            {
                Equal = [ReportStatus.Draft],
                Limit = 3,
            },
            cancellation
        );
        foreach (var report in page.Items.Select(r => r.Document))
        {
            await desk.SubmitAsync(report.Id, null, "staff", cancellation);
            await desk.AdoptAsync(
                report.Id,
                AdoptionLevel.County,
                false,
                null,
                null,
                "staff",
                cancellation
            );
            await desk.InstructAsync(report.Id, "请一周内办结。", null, "staff", cancellation);
        }
    }

    private async Task ForumAsync(CancellationToken cancellation)
    {
        var sender = new Sender("recorder", Busiest, Channel.Forum);
        var opened = await services
            .GetRequiredService<ForumDesk>()
            .OpenAsync(new("恳谈会", "村委会", null, null), null, sender, cancellation);
        for (var i = 0; i < 10; i++)
            await services
                .GetRequiredService<ForumItems>()
                .AddAsync(
                    opened.Value,
                    new(
                        null,
                        $"{random.Next(1, 30)}组的水渠堵了{random.Next(2, 60)}天，稻田放不到水。",
                        null,
                        null,
                        null,
                        (Outcome)(i % 3),
                        i % 3 == 0 ? null : "本周安排清理。",
                        i % 3 == 0 ? null : "水利站"
                    ),
                    $"{i}",
                    sender,
                    cancellation
                );
    }
}
