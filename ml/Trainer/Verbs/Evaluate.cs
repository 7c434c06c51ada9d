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
        var command = new Command("evaluate", "Measure a model.") { model, data, json };
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
            }
        );
        root.Subcommands.Add(command);
    }

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
