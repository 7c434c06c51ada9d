using System.CommandLine;
using OpinionPipeline.Model;

namespace OpinionPipeline.Trainer.Verbs;

/// <summary><c>train --data FILE[,FILE…] --out MODEL.zip [--seeds DIR|none]</c></summary>
internal static class Train
{
    public static void Add(RootCommand root)
    {
        var data = new Option<string>("--data")
        {
            Description = "Labelled files, or a folder of them.",
            DefaultValueFactory = _ => "seeds/corpus",
        };
        var output = new Option<string>("--out")
        {
            Description = "The model file.",
            Required = true,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "The seed of all chance.",
            DefaultValueFactory = _ => 1,
        };
        var seeds = new Option<string>("--seeds")
        {
            Description =
                "Invented texts that help real ones where they have a label in common; none for without.",
            DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "seeds", "corpus"),
        };
        var svg = new Option<string>("--svg")
        {
            Description = "Draw the reliability diagram of the cross-validation into this file.",
        };
        var command = new Command("train", "Train a model.") { data, output, seed, seeds, svg };
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var texts = await Data.ReadAsync(arguments.GetRequiredValue(data), cancellation);
                var folder = arguments.GetRequiredValue(seeds);
                if (folder != "none")
                    texts = [.. Seeds.Beside(texts, await Data.ReadAsync(folder, cancellation))];
                var options = new TrainingOptions
                {
                    Seed = arguments.GetValue(seed),
                    Names = Data.NamesBeside(folder),
                };
                var model = ClassifierTrainer.Train(
                    texts,
                    options,
                    TimeProvider.System.GetUtcNow(),
                    null,
                    cancellation
                );
                model.Save(arguments.GetRequiredValue(output));
                var card = model.Card;
                if (arguments.GetValue(svg) is { } file)
                    await File.WriteAllTextAsync(
                        file,
                        Charts.Reliability.Svg(
                            $"How sure and how right, by cross-validation: calibration error {card.CalibrationError:0.000}",
                            card.Reliability
                        ),
                        cancellation
                    );
                Console.WriteLine(
                    $"{card.Documents} texts ({card.SeedDocuments} seeds), {card.Labels.Count} labels; cross-validated macro-F1 {card.CrossValidatedMacroF1:0.000}, accuracy {card.CrossValidatedAccuracy:0.000}; "
                        + $"calibration error {card.CalibrationError:0.000}; threshold {card.Threshold:0.00} decides {card.Decided:0.0%}, {card.DecidedAccuracy:0.0%} of them right"
                );
                if (card.Finer.Count > 0)
                    PrintFiner(card);
            }
        );
        root.Subcommands.Add(command);
    }

    private static void PrintFiner(ModelCard card)
    {
        var documents = (double)card.Finer.Sum(f => f.Documents);
        var decided = card.Finer.Sum(f => f.Decided * f.Documents);
        Console.WriteLine(
            $"second level below {card.Finer.Count} labels, {documents} texts; cross-validated accuracy {card.Finer.Sum(f => f.Accuracy * f.Documents) / documents:0.000}, among the first three {card.Finer.Sum(f => f.TopThree * f.Documents) / documents:0.000}; "
                + (
                    card.FinerThreshold is { } threshold
                        ? $"threshold {threshold:0.000} decides {decided / documents:0.0%}, {card.Finer.Sum(f => f.Decided * f.Documents * f.DecidedAccuracy) / decided:0.0%} of them right"
                        : "nothing is decided"
                )
        );
        foreach (var finer in card.Finer)
            Console.WriteLine(
                $"  {finer.Label}: {finer.Documents} texts, {finer.Labels.Count} labels, accuracy {finer.Accuracy:0.000}, first three {finer.TopThree:0.000}, decides {finer.Decided:0.0%}, {finer.DecidedAccuracy:0.0%} of them right"
            );
    }
}
