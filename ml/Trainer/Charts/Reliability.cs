using System.Globalization;
using OpinionPipeline.Model;

namespace OpinionPipeline.Trainer.Charts;

/// <summary>The reliability diagram: how often a model is right where it is so and so sure.</summary>
internal static class Reliability
{
    public static string Svg(string title, IReadOnlyList<ReliabilityBin> bins)
    {
        (double, string)[] ticks =
        [
            .. Enumerable
                .Range(0, 6)
                .Select(i => (i / 5.0, (i / 5.0).ToString("0.0", CultureInfo.InvariantCulture))),
        ];
        return Chart.Svg(
            title,
            new("confidence (beneath each point: how many texts)", 0, 1, ticks),
            new("share that is right", 0, 1, ticks),
            [
                new("as often right as sure", "#888", [(0, 0, ""), (1, 1, "")]) { IsGuide = true },
                new(
                    "this model",
                    "#1565c0",
                    [
                        .. bins.Where(b => b.Documents > 0)
                            .Select(b =>
                                (
                                    b.Confidence,
                                    b.Accuracy,
                                    b.Documents.ToString(CultureInfo.InvariantCulture)
                                )
                            ),
                    ]
                ),
            ]
        );
    }
}
