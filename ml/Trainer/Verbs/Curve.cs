using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpinionPipeline.Model;
using OpinionPipeline.Trainer.Charts;

namespace OpinionPipeline.Trainer.Verbs;

/// <summary><c>curve --data FILE [--seeds DIR] [--svg FILE]</c>: how good a model is with the seeds and so many real texts.</summary>
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
        var svg = new Option<string>("--svg") { Description = "Draw it into this file." };
        var command = new Command(
            "curve",
            "Train on the seeds and 0, 100, 300, 1,000, 3,000 and all texts of four fifths, drawn at random and chosen by the model; measure on one fifth."
        )
        {
            data,
            seeds,
            seed,
            svg,
        };
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var texts = await Data.ReadAsync(arguments.GetRequiredValue(data), cancellation);
                var invented = await Data.ReadAsync(
                    arguments.GetRequiredValue(seeds),
                    cancellation
                );
                var curve = new LearningCurve(
                    texts,
                    invented,
                    arguments.GetValue(seed),
                    cancellation
                );
                var random = curve.Random(Sizes).Select(p => Say("random", p)).ToList();
                var active = curve.Active(Sizes).Select(p => Say("active", p)).ToList();
                if (arguments.GetValue(svg) is { } file)
                    await File.WriteAllTextAsync(file, Picture(random, active), cancellation);
            }
        );
        root.Subcommands.Add(command);
    }

    private static (int Real, double MacroF1) Say(string chosen, (int Real, Evaluation Good) point)
    {
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    Chosen = chosen,
                    point.Real,
                    MacroF1 = Math.Round(point.Good.MacroF1, 4),
                    Accuracy = Math.Round(point.Good.Accuracy, 4),
                    Ece = Math.Round(point.Good.CalibrationError, 4),
                },
                JsonSerializerOptions.Web
            )
        );
        return (point.Real, point.Good.MacroF1);
    }

    private static string Picture(
        List<(int Real, double MacroF1)> random,
        List<(int Real, double MacroF1)> active
    )
    {
        // From size to size equally far: the first hundred matter as much as the last thousands.
        (double, string)[] sizes =
        [
            .. random.Select(
                (p, i) => ((double)i, p.Real.ToString("N0", CultureInfo.InvariantCulture))
            ),
        ];
        var low = Math.Floor(random.Concat(active).Min(p => p.MacroF1) * 50) / 50;
        var high = Math.Ceiling(random.Concat(active).Max(p => p.MacroF1) * 50) / 50;
        (double, string)[] heights =
        [
            .. Enumerable
                .Range(0, (int)Math.Round((high - low) * 50) + 1)
                .Select(i => low + i * 0.02)
                .Select(y => (y, y.ToString("0.00", CultureInfo.InvariantCulture))),
        ];
        return Chart.Svg(
            "What labels are worth",
            new("real texts labelled beside the seeds", 0, sizes.Length - 1, sizes),
            new("macro-F1 on one fifth", low, high, heights),
            [
                new(
                    "drawn at random",
                    "#777",
                    [.. random.Select((p, i) => ((double)i, p.MacroF1, ""))]
                ),
                new(
                    "chosen by the model",
                    "#1565c0",
                    [.. active.Select((p, i) => ((double)i, p.MacroF1, ""))]
                ),
            ]
        );
    }
}
