using System.CommandLine;
using System.Globalization;
using CsvHelper;
using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Submissions.Reading;
using OpinionPipeline.Text;
using OpinionPipeline.Trainer.Grouping;

namespace OpinionPipeline.Trainer.Verbs;

/// <summary>
/// <c>pairs</c>: trains the model that says whether two messages speak of one matter, from pairs that people judged, and
/// says how good it is on pairs of messages it has not seen.
/// </summary>
internal static class Pairs
{
    private const int Folds = 10;
    private const int MostUnlike = 3_000;
    private const int LetterPairs = 400;
    private const int PlacePairs = 4_000;
    private const string Own = "with the language learnt from these messages";
    private const string Classifiers = "with the classifier's";
    private static readonly string[] Alone =
    [
        "heading words",
        "whole words",
        "heading meaning",
        "whole meaning",
    ];

    public static void Add(RootCommand root)
    {
        var data = new Option<string>("--data")
        {
            Description = "The files that the pairs name, without .csv.",
            Required = true,
        };
        var pairs = new Option<string>("--pairs")
        {
            Description =
                "Judged pairs: fileA,idA,fileB,idB,relation (duplicate, matter, kind, other; unclear is left out).",
            Required = true,
        };
        var model = new Option<string>("--model")
        {
            Description = "The classifier, whose word on the categories counts.",
            Required = true,
        };
        var output = new Option<string?>("--out")
        {
            Description = "Where the pair model goes; without it nothing is written.",
        };
        var numbers = new Option<string?>("--numbers")
        {
            Description =
                "Where the pairs go by their numbers, which a county's own decisions are learnt beside.",
        };
        var command = new Command("pairs", "Learn from judged pairs what one matter is.")
        {
            data,
            pairs,
            model,
            output,
            numbers,
        };
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var judged = await ReadAsync(
                    Data.Files(arguments.GetRequiredValue(data)),
                    Data.Files(arguments.GetRequiredValue(pairs)),
                    TextClassifier.Load(arguments.GetRequiredValue(model)),
                    cancellation
                );
                CrossValidate(judged);
                JudgedPair[] all = [.. judged.SelectMany(Both)];
                if (arguments.GetValue(output) is { } file)
                {
                    await using var stream = File.Create(file);
                    PairTrainer.Train(PairFeatures.Names, all).Save(stream);
                }
                if (arguments.GetValue(numbers) is { } pairFile)
                {
                    await using var stream = File.Create(pairFile);
                    JudgedPairs.Save(stream, PairFeatures.Names, all);
                }
            }
        );
        root.Subcommands.Add(command);
    }

    // A pair is tried on a model that has seen no pair of either matter.
    private static void CrossValidate(List<Judged> judged)
    {
        var own = new double[judged.Count];
        var seeds = new double[judged.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = PairTrainer.Train(
                PairFeatures.Names,
                [
                    .. judged
                        .Where(j => j.First % Folds != fold && j.Second % Folds != fold)
                        .SelectMany(Both),
                ]
            );
            for (var i = 0; i < judged.Count; i++)
                if (judged[i].First % Folds == fold)
                    (own[i], seeds[i]) = (
                        model.Probability(judged[i].InOwn),
                        model.Probability(judged[i].InClassifiers)
                    );
        }
        Print(Own, judged, own);
        PrintAlone(Own, judged, j => j.InOwn);
        Print(Classifiers, judged, seeds);
        PrintAlone(Classifiers, judged, j => j.InClassifiers);
    }

    private static IEnumerable<JudgedPair> Both(Judged pair) =>
        [new(pair.InOwn, pair.Same, pair.First), new(pair.InClassifiers, pair.Same, pair.First)];

    private static void Print(string what, List<Judged> all, double[] scores)
    {
        var scored = all.Zip(scores, (pair, score) => (Pair: pair, Score: score))
            .ToLookup(p => p.Pair.From);
        var judged = scored[Origin.People].ToList();
        var same = judged.Count(p => p.Pair.Same);
        Console.WriteLine($"{what}: {judged.Count} judged pairs, {same} of one matter");
        Console.WriteLine(
            "threshold  precision  recall  F1     by chance  letters of one place, of two  troubles of one place"
        );
        for (var threshold = 0.2; threshold < 0.75; threshold += 0.05)
        {
            var said = judged.Where(p => p.Score >= threshold).ToList();
            var right = (double)said.Count(p => p.Pair.Same);
            var (precision, recall) = (right / said.Count, right / same);
            double Said(Origin from, bool one) =>
                scored[from]
                    .Where(p => p.Pair.Same == one)
                    .Select(p => p.Score >= threshold ? 1.0 : 0)
                    .DefaultIfEmpty()
                    .Average();
            Console.WriteLine(
                FormattableString.Invariant(
                    $"{threshold, 9:0.00}  {precision, 9:0.000}  {recall, 6:0.000}  {2 * precision * recall / (precision + recall):0.000}  {Said(Origin.Chance, false), 9:0.000}  {Said(Origin.Letter, true), 20:0.000}, {Said(Origin.Letter, false):0.000}  {Said(Origin.Neighbour, false), 21:0.000}"
                )
            );
        }
    }

    // What the model is worth beside the likenesses that it is made of, each at the threshold that suits it best.
    private static void PrintAlone(string what, List<Judged> all, Func<Judged, float[]> numbers)
    {
        var judged = all.Where(p => p.From == Origin.People).ToList();
        var same = judged.Count(p => p.Same);
        foreach (var name in Alone)
        {
            var number = PairFeatures.Names.ToList().IndexOf(name);
            var (said, right, best) = (0, 0, 0.0);
            foreach (var pair in judged.OrderByDescending(p => numbers(p)[number]))
            {
                said++;
                right += pair.Same ? 1 : 0;
                best = Math.Max(best, 2.0 * right / (said + same));
            }
            Console.WriteLine(
                FormattableString.Invariant($"{what}, {name} alone: F1 {best:0.000}")
            );
        }
    }

    private static async Task<List<Judged>> ReadAsync(
        IEnumerable<string> files,
        IEnumerable<string> pairFiles,
        TextClassifier classifier,
        CancellationToken cancellation
    )
    {
        var messages = new Dictionary<(string File, string Id), Message>();
        foreach (var file in files)
        {
            await using var stream = File.OpenRead(file);
            await foreach (
                var row in new SubmissionFile(stream, new ReadingLimits(), Data.Today).RowsAsync(
                    cancellation
                )
            )
                if (row.Submission is { Title: { } title, Body: { } body, SourceId: { } id } s)
                {
                    var (maskedTitle, maskedBody) = Masker.MaskBoth(title, body);
                    messages[(Path.GetFileNameWithoutExtension(file), id)] = new(
                        maskedTitle,
                        maskedBody,
                        s.Place,
                        classifier.Predict(maskedTitle, maskedBody).Label
                    );
                }
        }
        var county = CountyFiles.Load(Path.Combine(AppContext.BaseDirectory, "seeds"));
        var finder = Gazetteer.Finder(county);
        var language = Language.Learn(messages.Values.Select(m => m.Title + m.Body), seed: 1);
        var own = new MatterReader(() => finder, () => language);
        // A county begins with the language of the seeds: the model must do with that too.
        var classifiers = new MatterReader(() => finder, () => classifier.Language);
        var pairs = pairFiles
            .SelectMany(Read)
            .Where(p => messages.ContainsKey(p.A) && messages.ContainsKey(p.B))
            .Select(p => (p.A, p.B, p.Same, From: Origin.People))
            .ToList();
        pairs.AddRange(Unlike(messages, pairs, own));
        List<LabelledText> texts =
        [
            .. messages.Values.Select(m => new LabelledText(m.Title, m.Body, m.Label)),
        ];
        var letters = Letters.Of(texts, LetterPairs);
        var neighbours = Letters.OfOnePlace(texts, PlacePairs);
        var matters = Matters(pairs);
        return
        [
            .. pairs.Select(p =>
                Judge(messages[p.A], messages[p.B], p.Same, (matters[p.A], matters[p.B]), p.From)
            ),
            .. letters.Select(
                (l, i) => Judge(Message.Of(l.A), Message.Of(l.B), l.Same, (i, i), Origin.Letter)
            ),
            .. neighbours.Select(
                (n, i) => Judge(Message.Of(n.A), Message.Of(n.B), n.Same, (i, i), Origin.Neighbour)
            ),
        ];

        Judged Judge(Message a, Message b, bool same, (int First, int Second) of, Origin from) =>
            new(Numbers(own, a, b), Numbers(classifiers, a, b), same, of.First, of.Second, from);
    }

    // People judge pairs that are hard to tell apart; most that the search for candidates brings are plainly two matters.
    // Those drawn here are taken for that: one in a hundred is not.
    private static IEnumerable<((string, string) A, (string, string) B, bool Same, Origin)> Unlike(
        Dictionary<(string File, string Id), Message> messages,
        List<((string, string) A, (string, string) B, bool Same, Origin)> judged,
        MatterReader reader
    )
    {
        var known = judged.SelectMany(j => new[] { (j.A, j.B), (j.B, j.A) }).ToHashSet();
        var inMatters = judged.Where(j => j.Same).SelectMany(j => new[] { j.A, j.B }).ToHashSet();
        var keys = messages
            .Where(m => !inMatters.Contains(m.Key))
            .SelectMany(m =>
            {
                var text = reader.Read(m.Value.Title, m.Value.Body, m.Value.Place);
                return CandidateKeys
                    .Places(text)
                    .Concat(CandidateKeys.Terms(text))
                    .Select(key => (Key: key, Message: m.Key));
            })
            .ToLookup(k => k.Key, k => k.Message);
        var random = new Random(1);
        var shared = keys.Where(k => k.Count() > 1).Select(k => k.ToArray()).ToArray();
        random.Shuffle(shared);
        foreach (var under in shared.Take(MostUnlike))
        {
            random.Shuffle(under);
            if (known.Add((under[0], under[1])))
                yield return (under[0], under[1], false, Origin.Chance);
        }
    }

    private static float[] Numbers(MatterReader reader, Message a, Message b) =>
        new PairFeatures(
            reader.Read(a.Title, a.Body, a.Place),
            reader.Read(b.Title, b.Body, b.Place),
            a.Label == b.Label
        ).Numbers();

    private static List<((string, string) A, (string, string) B, bool Same)> Read(string file)
    {
        using var csv = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var pairs = new List<((string, string), (string, string), bool)>();
        while (csv.Read())
            if (csv["relation"] is var relation and not "unclear")
                pairs.Add(
                    (
                        (csv["fileA"]!, csv["idA"]!),
                        (csv["fileB"]!, csv["idB"]!),
                        relation is "duplicate" or "matter"
                    )
                );
        return pairs;
    }

    // A number for each matter: messages that hang together by pairs of one matter. The same at each run.
    private static Dictionary<(string, string), int> Matters(
        IReadOnlyList<((string, string) A, (string, string) B, bool Same, Origin)> pairs
    )
    {
        var neighbours = pairs
            .Where(p => p.Same)
            .SelectMany(p => new[] { (p.A, p.B), (A: p.B, B: p.A) })
            .ToLookup(p => p.A, p => p.B);
        var matters = new Dictionary<(string, string), int>();
        var next = 0;
        foreach (var start in pairs.SelectMany(p => new[] { p.A, p.B }))
        {
            if (!matters.TryAdd(start, next))
                continue;
            var waiting = new Stack<(string, string)>([start]);
            while (waiting.TryPop(out var message))
                foreach (var other in neighbours[message])
                    if (matters.TryAdd(other, next))
                        waiting.Push(other);
            next++;
        }
        return matters;
    }

    // Who says whether the two are one: people; that hardly any two are; or how they were made.
    private enum Origin
    {
        People,
        Chance,
        Letter,
        Neighbour,
    }

    private sealed record Judged(
        float[] InOwn,
        float[] InClassifiers,
        bool Same,
        int First,
        int Second,
        Origin From
    );

    private sealed record Message(string Title, string Body, string? Place, string Label)
    {
        public static Message Of(LabelledText text) => new(text.Title, text.Body, null, text.Label);
    }
}
