using System.CommandLine;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpinionPipeline.Model;

namespace OpinionPipeline.Trainer.Verbs;

/// <summary><c>evaluate --model MODEL.zip --data FILE --json</c></summary>
internal static class Evaluate
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Characters of title and body.
    private static readonly (string Name, int Below)[] Lengths =
    [
        ("below 100", 100),
        ("100 to 199", 200),
        ("200 to 399", 400),
        ("400 to 799", 800),
        ("800 and more", int.MaxValue),
    ];

    public static void Add(RootCommand root)
    {
        var model = new Option<string>("--model")
        {
            Description = "The model file.",
            Required = true,
        };
        var data = new Option<string>("--data")
        {
            Description = "Labelled files.",
            Required = true,
        };
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var svg = new Option<string>("--svg")
        {
            Description = "Draw the reliability diagram into this file.",
        };
        var command = new Command("evaluate", "Measure a model.") { model, data, json, svg };
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var classifier = TextClassifier.Load(arguments.GetRequiredValue(model));
                var texts = await Data.ReadAsync(arguments.GetRequiredValue(data), cancellation);
                var predictions = classifier
                    .PredictAll(texts.Select(t => (t.Title, t.Body)))
                    .ToList();
                var evaluation = Evaluation.Of([
                    .. texts.Zip(predictions, (t, p) => (p.Confidence, p.Label, t.Label)),
                ]);
                var decided = texts
                    .Zip(predictions)
                    .Where(p => p.Second.Confidence >= classifier.Card.Threshold)
                    .ToList();
                var answer = new
                {
                    evaluation.Documents,
                    MacroF1 = Math.Round(evaluation.MacroF1, 4),
                    Accuracy = Math.Round(evaluation.Accuracy, 4),
                    DocumentsPerSecond = PerSecond(
                        () =>
                            _ = classifier
                                .PredictAll(texts.Select(t => (t.Title, t.Body)))
                                .ToList(),
                        texts.Count
                    ),
                    SinglyPerSecond = PerSecond(
                        () => texts.ForEach(t => classifier.Predict(t.Title, t.Body)),
                        texts.Count
                    ),
                    Ece = Math.Round(evaluation.CalibrationError, 4),
                    CalibrationError = Math.Round(evaluation.CalibrationError, 4),
                    Decided = Math.Round((double)decided.Count / Math.Max(texts.Count, 1), 4),
                    DecidedAccuracy = decided.Count == 0
                        ? 0
                        : Math.Round(
                            decided.Average(d => d.First.Label == d.Second.Label ? 1.0 : 0),
                            4
                        ),
                    classifier.Card.Threshold,
                    Novel = predictions.Count(p => p.IsNovel),
                    evaluation.PerClass,
                    evaluation.Reliability,
                    Finer = FinerQuality.Of(classifier, texts),
                    ByLength = Parts(
                        texts,
                        predictions,
                        classifier.Card.Threshold,
                        t => Lengths.First(l => t.Title.Length + t.Body.Length < l.Below).Name
                    ),
                    ByStation = Parts(
                        texts,
                        predictions,
                        classifier.Card.Threshold,
                        t => t.Station
                    ),
                    Confusion = texts
                        .Zip(predictions, (t, p) => (Right: t.Label, Predicted: p.Label))
                        .CountBy(c => c)
                        .OrderBy(c => c.Key)
                        .Select(c => new
                        {
                            c.Key.Right,
                            c.Key.Predicted,
                            Documents = c.Value,
                        }),
                };
                if (arguments.GetValue(svg) is { } file)
                    await File.WriteAllTextAsync(
                        file,
                        Charts.Reliability.Svg(
                            $"How sure and how right: {evaluation.Documents:N0} texts, calibration error {evaluation.CalibrationError:0.000}",
                            evaluation.Reliability
                        ),
                        cancellation
                    );
                if (arguments.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(answer, Json));
                    return;
                }
                Console.WriteLine(
                    $"documents {answer.Documents}  macro-F1 {answer.MacroF1}  accuracy {answer.Accuracy}  {answer.DocumentsPerSecond}/s  calibration error {answer.CalibrationError}"
                );
                foreach (var label in evaluation.PerClass)
                    Console.WriteLine(
                        $"{label.Label, -16} precision {label.Precision:0.000}  recall {label.Recall:0.000}  F1 {label.F1:0.000}  n {label.Support}"
                    );
                if (answer.Finer is { } finer)
                    Console.WriteLine(
                        $"second level, the first being right: documents {finer.Documents}  accuracy {finer.Accuracy}  first three {finer.TopThree}  decided {finer.Decided:0.0%}, {finer.DecidedAccuracy:0.0%} of them right  {finer.SinglyPerSecond}/s"
                    );
            }
        );
        root.Subcommands.Add(command);
    }

    // In the order of the lengths; texts of which the part is not known are left out.
    private static List<object> Parts(
        List<LabelledText> texts,
        List<Prediction> predictions,
        double threshold,
        Func<LabelledText, string?> part
    ) =>
        [
            .. texts
                .Zip(predictions)
                .GroupBy(p => part(p.First))
                .Where(g => g.Key is not null)
                .OrderBy(g => Array.FindIndex(Lengths, l => l.Name == g.Key))
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g =>
                {
                    var good = Evaluation.Of([
                        .. g.Select(p => (p.Second.Confidence, p.Second.Label, p.First.Label)),
                    ]);
                    return (object)
                        new
                        {
                            Part = g.Key,
                            good.Documents,
                            MacroF1 = Math.Round(good.MacroF1, 4),
                            Accuracy = Math.Round(good.Accuracy, 4),
                            Ece = Math.Round(good.CalibrationError, 4),
                            Decided = Math.Round(
                                g.Average(p => p.Second.Confidence >= threshold ? 1.0 : 0),
                                4
                            ),
                        };
                }),
        ];

    // Over and over for a second: the first pass, which compiled code, is behind us, and a short file would tell little.
    private static double PerSecond(Action pass, int documents)
    {
        var watch = Stopwatch.StartNew();
        var passes = 0;
        do
        {
            pass();
            passes++;
        } while (watch.Elapsed.TotalSeconds < 1);
        return Math.Round(passes * documents / watch.Elapsed.TotalSeconds);
    }
}
