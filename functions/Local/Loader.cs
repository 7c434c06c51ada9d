using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Pipeline.Submissions.Reading;

namespace OpinionPipeline.Local;

/// <summary>What a load came to.</summary>
internal sealed record Summary(
    int Received,
    int Rejected,
    int Duplicates,
    int Issues,
    int Recurring,
    int Digests,
    int Reports,
    double Seconds
);

/// <summary>Takes files through the whole flow: intake, the ordinary queue, digests.</summary>
internal sealed class Loader(IServiceProvider services)
{
    private const int Batch = 500;
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    private readonly IDocumentStore store = services.GetRequiredService<IDocumentStore>();

    /// <summary>The station of rows that name none.</summary>
    public string FallbackStation { get; init; } = "WEB";

    /// <summary>What rows were refused for, in the order of the files.</summary>
    public List<(string File, int Row, Rejection Rejection)> Rejected { get; } = [];

    /// <summary>Takes and processes the files to the end.</summary>
    public async Task<Summary> LoadAsync(
        IReadOnlyList<string> files,
        CancellationToken cancellation
    )
    {
        var started = TimeProvider.System.GetTimestamp();
        foreach (var file in files)
            await Progress.ShowAsync(
                $"读取 Reading {Path.GetFileName(file)}",
                progress => TakeAsync(file, progress, cancellation)
            );
        await ProcessAsync(started, cancellation);
        await MakeDigestsAsync(cancellation);
        return await CountAsync(TimeProvider.System.GetElapsedTime(started), cancellation);
    }

    private async Task<int> TakeAsync(
        string file,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        await using var stream = File.OpenRead(file);
        var reader = new SubmissionFile(
            stream,
            new ReadingLimits(),
            LocalTime.DayOf(TimeProvider.System.GetUtcNow())
        );
        var intake = services.GetRequiredService<Intake>();
        var keys = new RowKeys();
        var taken = 0;
        await foreach (
            var rows in reader.RowsAsync(cancellation).Chunk(Batch).WithCancellation(cancellation)
        )
        {
            Rejected.AddRange(rows.SelectMany(r => r.Rejections.Select(x => (file, r.Number, x))));
            var good = rows.Where(r => r.Submission is not null)
                .Select(r =>
                    (
                        r.Number,
                        Submission: r.Submission! with
                        {
                            Station = r.Submission.Station ?? FallbackStation,
                        }
                    )
                )
                .ToList();
            var results = await intake.AcceptAllAsync(
                [.. good.Select(g => (g.Submission, (string?)keys.Next(g.Submission)))],
                new Sender("local", null, Channel.Batch),
                cancellation
            );
            for (var i = 0; i < good.Count; i++)
                Rejected.AddRange(results[i].Rejections.Select(x => (file, good[i].Number, x)));
            taken += results.Count(r => r.IsOk);
            progress.Report((double)stream.Position / Math.Max(stream.Length, 1));
        }
        return taken;
    }

    private async Task ProcessAsync(long started, CancellationToken cancellation)
    {
        var queue = services.GetRequiredService<IMessageQueue>();
        var worker = services.GetRequiredService<QueueWorker>();
        var sweeper = services.GetRequiredService<Sweeper>();
        var reconciler = services.GetRequiredService<Reconciler>();
        var waiting = await queue.CountAsync(QueueNames.Submissions, cancellation);
        await Progress.ShowAsync(
            "归类与归并 Classifying and grouping",
            async progress =>
            {
                var each = new Each(done => progress.Report((double)done / Math.Max(waiting, 1)));
                // Until nothing is owed: a run that was killed may have left items without a message.
                var (months, owed) = (Months.Kept, 1);
                for (; owed > 0; months = 2)
                {
                    await worker.DrainAsync(each, cancellation);
                    await reconciler.ReconcileAsync(
                        TimeProvider.System.GetElapsedTime(started) + Moment,
                        cancellation
                    );
                    owed = await sweeper.SweepAsync(TimeSpan.Zero, months, cancellation);
                }
                return true;
            }
        );
    }

    // One digest an office over all that was loaded.
    private async Task MakeDigestsAsync(CancellationToken cancellation)
    {
        var (first, last) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        await foreach (var stored in store.ScanAsync(Containers.Submissions, cancellation))
        {
            first = stored.Document.SaidAt < first ? stored.Document.SaidAt : first;
            last = stored.Document.SaidAt > last ? stored.Document.SaidAt : last;
        }
        if (last < first)
            return;
        await services
            .GetRequiredService<DigestSchedule>()
            .RequestAsync(first, last.AddSeconds(1), cancellation);
        await services.GetRequiredService<QueueWorker>().DrainAsync(null, cancellation);
    }

    private async Task<Summary> CountAsync(TimeSpan elapsed, CancellationToken cancellation)
    {
        var (received, duplicates, issues, recurring, digests, reports) = (0, 0, 0, 0, 0, 0);
        await foreach (var s in store.ScanAsync(Containers.Submissions, cancellation))
        {
            received++;
            duplicates += s.Document.DuplicateOf is null ? 0 : 1;
        }
        await foreach (var i in store.ScanAsync(Containers.Issues, cancellation))
            if (i.Document is { MergedInto: null, Count: > 0 })
            {
                issues++;
                recurring += i.Document.Recurring ? 1 : 0;
            }
        await foreach (var _ in store.ScanAsync(Containers.Digests, cancellation))
            digests++;
        await foreach (var _ in store.ScanAsync(Containers.Reports, cancellation))
            reports++;
        return new(
            received,
            Rejected.Select(r => (r.File, r.Row)).Distinct().Count(),
            duplicates,
            issues,
            recurring,
            digests,
            reports,
            Math.Round(elapsed.TotalSeconds, 2)
        );
    }

    private sealed class Each(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
