using System.CommandLine;
using System.Globalization;
using CsvHelper;
using OpinionPipeline.Model;

namespace OpinionPipeline.Trainer.Verbs;

/// <summary><c>split --data FILE --train OUT --test OUT</c>: a fifth to test on, near duplicates on one side.</summary>
internal static class Split
{
    public static void Add(RootCommand root)
    {
        var data = new Option<string>("--data")
        {
            Description = "Labelled files.",
            Required = true,
        };
        var train = new Option<string>("--train")
        {
            Description = "CSV file for four fifths.",
            Required = true,
        };
        var test = new Option<string>("--test")
        {
            Description = "CSV file for one fifth.",
            Required = true,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "The seed of all chance.",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("split", "Split labelled files for a fair comparison.")
        {
            data,
            train,
            test,
            seed,
        };
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var texts = await Data.ReadAsync(arguments.GetRequiredValue(data), cancellation);
                var folds = Folds.Assign(texts, 5, arguments.GetValue(seed));
                await WriteAsync(
                    arguments.GetRequiredValue(train),
                    texts.Where((_, i) => folds[i] != 0)
                );
                await WriteAsync(
                    arguments.GetRequiredValue(test),
                    texts.Where((_, i) => folds[i] == 0)
                );
            }
        );
        root.Subcommands.Add(command);
    }

    private static async Task WriteAsync(string path, IEnumerable<LabelledText> texts)
    {
        await using var writer = new StreamWriter(path);
        await using var csv = new CsvWriter(writer, CultureInfo.InvariantCulture);
        csv.WriteField("title");
        csv.WriteField("body");
        csv.WriteField("label");
        csv.WriteField("label2");
        await csv.NextRecordAsync();
        foreach (var text in texts)
        {
            csv.WriteField(text.Title);
            csv.WriteField(text.Body);
            csv.WriteField(text.Label);
            csv.WriteField(text.Second);
            await csv.NextRecordAsync();
        }
    }
}
