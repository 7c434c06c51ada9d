using System.CommandLine;
using System.Text.Json;
using OpinionPipeline.Model;

namespace OpinionPipeline.Trainer.Verbs;

/// <summary><c>curve --data FILE [--seeds DIR]</c>: how good a model is with the seeds and so many real texts.</summary>
internal static class Curve
{
    private static readonly int[] Sizes = [0, 100, 300, 1000, 3000, int.MaxValue];

    public static void Add(RootCommand root)
    {
        var data = new Option<string>("--data")
        {
            Description = "Labelled files.",
            Required = true,
        };
        var seeds = new Option<string>("--seeds")
        {
            Description = "Invented texts to start from.",
            DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "seeds", "corpus"),
        };
        var seed = new Option<int>("--seed")
        {
            Description = "The seed of all chance.",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command(
            "curve",
            "Train on the seeds and 0, 100, 300, 1,000, 3,000 and all texts drawn from four fifths; measure on one fifth."
        )
        {
            data,
            seeds,
            seed,
        };
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var texts = await Data.ReadAsync(arguments.GetRequiredValue(data), cancellation);
                var invented = await Data.ReadAsync(
                    arguments.GetRequiredValue(seeds),
                    cancellation
                );
                var chance = arguments.GetValue(seed);
                var folds = Folds.Assign(texts, 5, chance);
                var pool = texts.Where((_, i) => folds[i] != 0).ToArray();
                var test = texts.Where((_, i) => folds[i] == 0).ToList();
                new Random(chance).Shuffle(pool);
                foreach (var size in Sizes)
                {
                    var real = pool.Take(size).ToList();
                    var model = ClassifierTrainer.Train(
                        real.Count == 0 ? invented : Seeds.Beside(real, invented),
                        new TrainingOptions { Seed = chance },
                        TimeProvider.System.GetUtcNow(),
                        null,
                        cancellation
                    );
                    var predictions = model.PredictAll(test.Select(t => (t.Title, t.Body)));
                    var evaluation = Evaluation.Of([
                        .. test.Zip(predictions, (t, p) => (p.Confidence, p.Label, t.Label)),
                    ]);
                    Console.WriteLine(
                        JsonSerializer.Serialize(
                            new
                            {
                                Real = real.Count,
                                MacroF1 = Math.Round(evaluation.MacroF1, 4),
                                Accuracy = Math.Round(evaluation.Accuracy, 4),
                                Ece = Math.Round(evaluation.CalibrationError, 4),
                            },
                            JsonSerializerOptions.Web
                        )
                    );
                }
            }
        );
        root.Subcommands.Add(command);
    }
}
