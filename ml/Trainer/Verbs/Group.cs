using System.CommandLine;
using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.DependencyInjection;
using OpinionPipeline.Model;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Pipeline.Submissions.Reading;
using OpinionPipeline.Text;
using OpinionPipeline.Trainer.Grouping;

namespace OpinionPipeline.Trainer.Verbs;

/// <summary>
/// <c>group</c>: the product's own deduplication and grouping over a file in time order, in a store that is thrown away,
/// so that what is measured is what runs.
/// </summary>
internal static class Group
{
    private const string AnyStation = "WEB";

    /// <summary>From so many messages on, their own language says more than the classifier's.</summary>
    private const int Enough = 500;

    public static void Add(RootCommand root)
    {
        var data = new Option<string>("--data") { Description = "A file.", Required = true };
        var output = new Option<string>("--out")
        {
            Description = "A CSV: id,duplicateOf,issueId,kindId,similarity.",
            Required = true,
        };
        var model = new Option<string?>("--model")
        {
            Description = "A model; without one it is trained from the seeds.",
        };
        var truth = new Option<string?>("--truth")
        {
            Description =
                "A CSV with id and matter (and file, where it names several): how well the issues agree with it.",
        };
        var bruteForce = new Option<bool>("--brute-force")
        {
            Description =
                "Compare every two messages too, and say how many of the nearly equal ones were found.",
        };
        var beginning = new Option<bool>("--beginning")
        {
            Description =
                "As a county begins: by the language of the model, not by that of the file's own messages.",
        };
        var command = new Command("group", "Find duplicates and issues.")
        {
            data,
            output,
            model,
            truth,
            bruteForce,
            beginning,
        };
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var folder = Directory.CreateTempSubdirectory("op-group-").FullName;
                try
                {
                    var rows = await GroupAsync(
                        arguments.GetRequiredValue(data),
                        arguments.GetRequiredValue(output),
                        arguments.GetValue(model),
                        arguments.GetValue(beginning),
                        folder,
                        cancellation
                    );
                    if (arguments.GetValue(truth) is { } file)
                        Judge(
                            rows,
                            arguments.GetRequiredValue(output),
                            file,
                            Path.GetFileNameWithoutExtension(arguments.GetRequiredValue(data))
                        );
                    if (arguments.GetValue(bruteForce))
                        JudgeDuplicates(rows, arguments.GetRequiredValue(output));
                }
                finally
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        );
        root.Subcommands.Add(command);
    }

    private static async Task<List<Row>> GroupAsync(
        string data,
        string output,
        string? model,
        bool beginning,
        string folder,
        CancellationToken cancellation
    )
    {
        var rows = new List<Row>();
        await using (var stream = File.OpenRead(Data.Files(data).Single()))
            await foreach (
                var row in new SubmissionFile(stream, new ReadingLimits(), Data.Today).RowsAsync(
                    cancellation
                )
            )
                rows.Add(row);

        await using var services = await ThrowawayPipeline.OpenAsync(
            folder,
            model,
            beginning ? null : LanguageOf(rows),
            cancellation
        );
        var store = services.GetRequiredService<IDocumentStore>();
        var intake = services.GetRequiredService<Intake>();
        var worker = services.GetRequiredService<QueueWorker>();
        var reconciler = services.GetRequiredService<Reconciler>();
        var ids = new Dictionary<int, string>();
        // The row's number is its key: two equal rows are two submissions, as two people's would be.
        foreach (
            var chunk in rows.Where(r => r.Submission is not null)
                .OrderBy(r => r.Submission!.SaidAt ?? DateTimeOffset.MinValue)
                .ThenBy(r => r.Number)
                .Chunk(500)
        )
        {
            var results = await intake.AcceptAllAsync(
                [
                    .. chunk.Select(r =>
                        (
                            r.Submission! with
                            {
                                Station = AnyStation,
                                Label = null,
                            },
                            (string?)r.Number.ToString(CultureInfo.InvariantCulture)
                        )
                    ),
                ],
                new Sender("group", null, Channel.Batch),
                cancellation
            );
            for (var i = 0; i < chunk.Length; i++)
                if (results[i].IsOk)
                    ids[chunk[i].Number] = results[i].Value.Id;
            while (
                await worker.DrainAsync(null, cancellation) > 0
                || await services
                    .GetRequiredService<IMessageQueue>()
                    .CountAsync(QueueNames.Submissions, cancellation) > 0
            )
                // What waits for an earlier one is visible again after a second.
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
            // As the hosts do every five minutes.
            await reconciler.ReconcileAsync(TimeSpan.FromMinutes(10), cancellation);
        }
        await WriteAsync(rows, ids, store, output, cancellation);
        return rows;
    }

    // A county's training learns the language of its own messages; a file of some size stands for a county.
    private static Language? LanguageOf(List<Row> rows) =>
        rows.Count < Enough
            ? null
            : Language.Learn(
                rows.Select(r => r.Submission)
                    .OfType<NewSubmission>()
                    .Select(s => s.Title + s.Body),
                seed: 1
            );

    private static async Task WriteAsync(
        List<Row> rows,
        Dictionary<int, string> ids,
        IDocumentStore store,
        string output,
        CancellationToken cancellation
    )
    {
        var names = rows.Where(r => ids.ContainsKey(r.Number))
            .ToDictionary(r => ids[r.Number], Name);
        await using var writer = new StreamWriter(output);
        await using var csv = new CsvWriter(writer, CultureInfo.InvariantCulture);
        foreach (var column in new[] { "id", "duplicateOf", "issueId", "kindId", "similarity" })
            csv.WriteField(column);
        await csv.NextRecordAsync();
        foreach (var row in rows)
        {
            var submission = ids.TryGetValue(row.Number, out var id)
                ? (
                    await store.ReadAsync(
                        Containers.Submissions,
                        SubmissionId.Partition(id),
                        id,
                        cancellation
                    )
                )?.Document
                : null;
            var issue = submission?.IssueId is { } issueId
                ? (
                    await store.ReadAsync(
                        Containers.Issues,
                        SubmissionId.Partition(issueId),
                        issueId,
                        cancellation
                    )
                )?.Document
                : null;
            csv.WriteField(Name(row));
            csv.WriteField(submission?.DuplicateOf is { } original ? names[original] : "");
            csv.WriteField(submission?.IssueId ?? "");
            csv.WriteField(issue?.KindId ?? "");
            csv.WriteField(
                submission?.Attachment?.Similarity.ToString("0.###", CultureInfo.InvariantCulture)
                    ?? ""
            );
            await csv.NextRecordAsync();
        }
    }

    // Only of what the truth speaks of: the rest may belong to its matters or not.
    private static void Judge(List<Row> rows, string output, string truth, string file)
    {
        var issues = Rows(output).ToDictionary(r => r["id"], r => r["issueId"]);
        var known = Rows(truth)
            .Where(r => r.GetValueOrDefault("file", file) == file && r["matter"].Length > 0)
            .Where(r => issues.ContainsKey(r["id"]))
            .ToList();
        var (pairs, members) = Agreement.Of([.. known.Select(r => (issues[r["id"]], r["matter"]))]);
        Console.WriteLine(
            $"""
            {known.Count} messages of {known.Select(r => r["matter"]).Distinct().Count()} matters
            pairs: {pairs}
            B-cubed: {members}
            """
        );
        var reference = new LshReference();
        var numbers = new Dictionary<string, int>();
        foreach (var row in rows.Where(r => r.Submission is not null))
        {
            numbers[Name(row)] = numbers.Count;
            reference.Add(row.Submission!.Body ?? "");
        }
        (pairs, members) = Agreement.Of([
            .. known.Select(r => (reference.GroupOf(numbers[r["id"]]), r["matter"])),
        ]);
        Console.WriteLine(
            $"""
            MinHash LSH alone, pairs: {pairs}
            MinHash LSH alone, B-cubed: {members}
            """
        );
    }

    // Found is a pair whose two are held for one submission, by way of others too. The window of 120 days and places that
    // differ keep some pairs apart on purpose; they count as missed here.
    private static void JudgeDuplicates(List<Row> rows, string output)
    {
        var written = Rows(output).Zip(rows).Where(w => w.Second.Submission is not null).ToList();
        var first = written
            .Select(w => w.First["duplicateOf"] is { Length: > 0 } of ? of : w.First["id"])
            .ToList();
        var shingles = written
            .Select(w => Shingles.Of(Normalization.Compact(w.Second.Submission!.Body ?? "")))
            .ToList();
        var near = NearPairs.Of(shingles, DuplicateCheck.NearlyEqual).ToList();
        foreach (var atLeast in new[] { 0.8, DuplicateCheck.NearlyEqual })
        {
            var pairs = near.Where(p => p.Jaccard >= atLeast).ToList();
            var found = pairs.Count(p => first[p.A] == first[p.B]);
            Console.WriteLine(
                $"near duplicates of a Jaccard index of {atLeast:0.0} and more: {found} of {pairs.Count} found"
            );
        }
        var number = written.Index().ToDictionary(w => w.Item.First["id"], w => w.Index);
        var said = written
            .Index()
            .Where(w => w.Item.First["duplicateOf"].Length > 0)
            .Select(w => (A: shingles[w.Index], B: shingles[number[first[w.Index]]]))
            .ToList();
        var right = said.Count(p => DuplicateCheck.Likeness(p.A, p.B) is not null);
        Console.WriteLine(
            $"held for a repetition: {said.Count}, of which {right} are nearly equal to the first or contained"
        );
    }

    private static List<Dictionary<string, string>> Rows(string file)
    {
        using var reader = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        return
        [
            .. reader
                .GetRecords<dynamic>()
                .Select(r =>
                    ((IDictionary<string, object>)r).ToDictionary(c => c.Key, c => (string)c.Value)
                ),
        ];
    }

    private static string Name(Row row) =>
        row.Submission?.SourceId ?? row.Number.ToString(CultureInfo.InvariantCulture);
}
