using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Text;
using OpinionPipeline.Trainer.Grouping;

namespace OpinionPipeline.Trainer.Verbs;

/// <summary>
/// <c>scale</c>: invented messages through the embedded pipeline from intake to attached, to see whether the last costs
/// what the first did, and how well what was invented as one matter is found as one.
/// </summary>
internal static class Scale
{
    private const int Chunk = 500;

    public static void Add(RootCommand root)
    {
        var count = new Option<int>("--count")
        {
            Description = "How many messages.",
            DefaultValueFactory = _ => 10_000,
        };
        var model = new Option<string?>("--model")
        {
            Description = "A model; without one it is trained from the seeds.",
        };
        var folder = new Option<string?>("--folder")
        {
            Description = "Where the store is made; without one among the temporary files.",
        };
        var command = new Command("scale", "Measure the pipeline on many invented messages.")
        {
            count,
            model,
            folder,
        };
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var parent = arguments.GetValue(folder) ?? Path.GetTempPath();
                var data = Path.Combine(parent, $"op-scale-{Guid.NewGuid():N}");
                try
                {
                    await RunAsync(
                        arguments.GetValue(count),
                        arguments.GetValue(model),
                        data,
                        cancellation
                    );
                }
                finally
                {
                    Directory.Delete(data, recursive: true);
                }
            }
        );
        root.Subcommands.Add(command);
    }

    private static async Task RunAsync(
        int count,
        string? model,
        string data,
        CancellationToken cancellation
    )
    {
        var seeds = Path.Combine(AppContext.BaseDirectory, "seeds", "corpus");
        var messages = new InventedMessages(await Data.ReadAsync(seeds, cancellation), seed: 1);
        await using var services = await ThrowawayPipeline.OpenAsync(
            data,
            model,
            null,
            cancellation
        );
        var intake = services.GetRequiredService<Intake>();
        var worker = services.GetRequiredService<QueueWorker>();
        using var steps = new StepTimes();
        var truth = new List<(int Matter, int Repeats)>(count);
        var (since, busy, done) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, 0);
        Console.WriteLine(
            "   messages   a second   processor ms    p50 ms    p99 ms    max ms   resident MB"
        );
        var worked = Task.FromResult(0);
        foreach (var chunk in messages.Take(count, TimeProvider.System.GetUtcNow()).Chunk(Chunk))
        {
            // One chunk is taken while that before it is worked off, as where stations send and the worker works.
            var results = await intake.AcceptAllAsync(
                [.. chunk.Select((m, i) => Numbered(m.Submission, truth.Count + i))],
                new Sender("scale", null, Channel.Batch),
                cancellation
            );
            // Throws where one was refused: none should be.
            foreach (var result in results)
                _ = result.Value;
            truth.AddRange(chunk.Select(m => (m.Matter, m.Repeats)));
            await worked;
            Print(Math.Clamp(count / 10, Chunk, 10_000));
            worked = Task.Run(() => worker.DrainAsync(null, cancellation), cancellation);
        }
        await worked;
        Print(1);
        await JudgeAsync(services.GetRequiredService<IDocumentStore>(), truth, cancellation);

        // The worker may have got further than the chunk it was started for.
        void Print(int least)
        {
            if (steps.Count < least)
                return;
            var (came, p50, p99, most) = steps.Take();
            var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
            var processor = (Environment.CpuUsage.TotalTime - busy).TotalMilliseconds / came;
            done += came;
            Console.WriteLine(
                $"{done, 11:N0} {came / seconds, 10:N0} {processor, 14:0.00} {p50, 9:0.0} {p99, 9:0.0} {most, 9:0.0} {Process.GetCurrentProcess().WorkingSet64 >> 20, 13:N0}"
            );
            (since, busy) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        }
    }

    // The store keeps the number for us: a list of a million ids would be counted as memory that it takes.
    private static (NewSubmission Submission, string? Key) Numbered(
        NewSubmission submission,
        int number
    )
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return (submission with { SourceId = text }, text);
    }

    private static int NumberOf(Submission submission) =>
        int.Parse(submission.SourceId!, CultureInfo.InvariantCulture);

    private static async Task JudgeAsync(
        IDocumentStore store,
        List<(int Matter, int Repeats)> truth,
        CancellationToken cancellation
    )
    {
        var groups = new List<(string Issue, int Matter)>(truth.Count);
        var reference = new LshReference();
        var referenceTime = TimeSpan.Zero;
        var (found, foundRepeats, foundByChance) = (0, 0, 0);
        var there = truth.Count(t => t.Repeats >= 0);
        await foreach (var stored in store.ScanAsync(Containers.Submissions, cancellation))
        {
            var submission = stored.Document;
            var of = truth[NumberOf(submission)];
            groups.Add((submission.IssueId ?? submission.Id, of.Matter));
            var since = Stopwatch.GetTimestamp();
            reference.Add(submission.Body);
            referenceTime += Stopwatch.GetElapsedTime(since);
            if (submission.DuplicateOf is not { } id)
                continue;
            found++;
            var original = (await store.SubmissionAsync(id, cancellation))!;
            if (truth[NumberOf(original)].Matter != of.Matter)
                continue;
            // What repeats a repetition repeats the first; two who chose the same sentences said the same as well.
            if (of.Repeats >= 0)
                foundRepeats++;
            else if (
                DuplicateCheck.Likeness(
                    Shingles.Of(Normalization.Compact(submission.Body)),
                    Shingles.Of(Normalization.Compact(original.Body))
                )
                is not null
            )
                foundByChance++;
        }
        var (pairs, members) = Agreement.Of(groups);
        Console.WriteLine(
            $"duplicates: precision {(double)(foundRepeats + foundByChance) / Math.Max(found, 1):0.000}, recall {(double)foundRepeats / Math.Max(there, 1):0.000}"
        );
        Console.WriteLine($"same matter, pairs: {pairs}");
        Console.WriteLine($"same matter, B-cubed: {members}");
        (pairs, members) = Agreement.Of([
            .. groups.Select((g, text) => (reference.GroupOf(text), g.Matter)),
        ]);
        Console.WriteLine(
            $"MinHash LSH alone, in memory, without a store, {truth.Count / referenceTime.TotalSeconds:N0} a second, pairs: {pairs}; B-cubed: {members}"
        );
    }

    // How long each message of the queue "submissions" was worked on.
    private sealed class StepTimes : IDisposable
    {
        private readonly List<double> milliseconds = [];
        private readonly ActivityListener listener;

        public StepTimes()
        {
            listener = new()
            {
                ShouldListenTo = source => source.Name == Telemetry.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                    ActivitySamplingResult.PropagationData,
                ActivityStopped = activity =>
                {
                    if (activity.OperationName == "process " + QueueNames.Submissions)
                        lock (milliseconds)
                            milliseconds.Add(activity.Duration.TotalMilliseconds);
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public int Count
        {
            get
            {
                lock (milliseconds)
                    return milliseconds.Count;
            }
        }

        public (int Count, double P50, double P99, double Most) Take()
        {
            lock (milliseconds)
            {
                milliseconds.Sort();
                var (count, p50, p99, most) = (
                    milliseconds.Count,
                    milliseconds[milliseconds.Count / 2],
                    milliseconds[milliseconds.Count * 99 / 100],
                    milliseconds[^1]
                );
                milliseconds.Clear();
                return (count, p50, p99, most);
            }
        }

        public void Dispose() => listener.Dispose();
    }
}
