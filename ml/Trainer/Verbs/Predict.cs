using System.CommandLine;
using System.Globalization;
using CsvHelper;
using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Submissions.Reading;

namespace OpinionPipeline.Trainer.Verbs;

/// <summary><c>predict --model MODEL.zip --data FILE --out FILE</c></summary>
internal static class Predict
{
    public static void Add(RootCommand root)
    {
        var model = new Option<string>("--model")
        {
            Description = "The model file.",
            Required = true,
        };
        var data = new Option<string>("--data")
        {
            Description = "Files of submissions.",
            Required = true,
        };
        var output = new Option<string>("--out")
        {
            Description = "A CSV file with predicted and confidence.",
            Required = true,
        };
        var command = new Command("predict", "Classify files.") { model, data, output };
        command.SetAction(
            (arguments, cancellation) =>
                PredictAsync(
                    arguments.GetRequiredValue(model),
                    Data.Files(arguments.GetRequiredValue(data)),
                    arguments.GetRequiredValue(output),
                    cancellation
                )
        );
        root.Subcommands.Add(command);
    }

    private static async Task PredictAsync(
        string model,
        List<string> files,
        string output,
        CancellationToken cancellation
    )
    {
        var classifier = TextClassifier.Load(model);
        await using var writer = new StreamWriter(output);
        await using var csv = new CsvWriter(writer, CultureInfo.InvariantCulture);
        foreach (var column in new[] { "id", "title", "body", "label", "predicted", "confidence" })
            csv.WriteField(column);
        await csv.NextRecordAsync();
        foreach (var file in files)
        {
            await using var stream = File.OpenRead(file);
            await foreach (
                var row in new SubmissionFile(stream, new ReadingLimits(), Data.Today).RowsAsync(
                    cancellation
                )
            )
            {
                if (row.Submission is not { } submission)
                    throw new InvalidDataException(
                        $"{file}, row {row.Number}: {row.Rejections[0].En}"
                    );
                var prediction = classifier.Predict(submission.Title ?? "", submission.Body ?? "");
                csv.WriteField(submission.SourceId);
                csv.WriteField(submission.Title);
                csv.WriteField(submission.Body);
                csv.WriteField(submission.Label);
                csv.WriteField(prediction.Label);
                csv.WriteField(
                    prediction.Confidence.ToString("0.0000", CultureInfo.InvariantCulture)
                );
                await csv.NextRecordAsync();
            }
        }
    }
}
