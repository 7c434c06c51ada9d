using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Issues;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>
/// Learns from people's merges and splits what one matter is in this county, beside the pairs that come with the program:
/// people correct what the machine had wrong, and by such pairs alone it would forget what it had right.
/// </summary>
public sealed class MatterLearning(MatterDecisions decisions, RetrainingOptions options)
{
    /// <summary>With fewer issues a share of them says nothing.</summary>
    public const int FewestIssues = 20;

    private const int Folds = 5;

    /// <summary>A pair of the county counts for so many others, as long as all of them together count for half of those.</summary>
    private const float MostWeight = 20;

    /// <summary>By how much the share of the program's own pairs that is right may fall.</summary>
    private const double LargestFall = 0.01;

    /// <summary>What comes with the program.</summary>
    private static readonly Lazy<IReadOnlyList<JudgedPair>> Shipped = new(() =>
    {
        using var stream =
            typeof(MatterLearning).Assembly.GetManifestResourceStream("judged-pairs.bin")
            ?? throw new InvalidOperationException(
                "The judged pairs are missing from the program."
            );
        return JudgedPairs.Load(stream, PairFeatures.Names);
    });

    /// <summary>Reads the decisions and learns from them.</summary>
    /// <param name="language">What is known of the language, by which the texts are compared.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What they came to, null where there are none; and a model where it is worth taking.</returns>
    public async Task<(MatterFigures? Figures, PairModel? Model)> LearnAsync(
        Language language,
        CancellationToken cancellation
    )
    {
        var pairs = await decisions.PairsAsync(language, cancellation);
        if (pairs.Count == 0)
            return (null, null);
        var test = await Task.Run(() => Try(pairs, options, cancellation), cancellation);
        return (
            new(
                pairs.Select(p => p.Group).Distinct().Count(),
                pairs.Count,
                pairs.Count(p => p.Same),
                test
            ),
            test?.Taken == true ? Train(Shipped.Value, pairs) : null
        );
    }

    /// <summary>Whether learning a county's pairs pays; null where they are of too few issues.</summary>
    public static MatterTest? Try(
        IReadOnlyList<JudgedPair> county,
        RetrainingOptions options,
        CancellationToken cancellation
    )
    {
        if (county.Select(p => p.Group).Distinct().Count() < FewestIssues)
            return null;
        var ours = new List<(int Issue, bool With, bool Without)>();
        var elsewhere = new List<(bool With, bool Without)>();
        for (var fold = 0; fold < Folds; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            var shipped = Shipped.Value.Where(p => p.Group % Folds != fold).ToList();
            var with = Train(shipped, [.. county.Where(p => p.Group % Folds != fold)]);
            var without = Train(shipped, []);
            bool Right(PairModel model, JudgedPair p) =>
                model.Probability(p.Numbers) >= MatterSimilarity.SameMatter == p.Same;
            ours.AddRange(
                county
                    .Where(p => p.Group % Folds == fold)
                    .Select(p => (p.Group, Right(with, p), Right(without, p)))
            );
            elsewhere.AddRange(
                Shipped
                    .Value.Where(p => p.Group % Folds == fold)
                    .Select(p => (Right(with, p), Right(without, p)))
            );
        }
        var issues = ours.GroupBy(p => p.Issue)
            .Select(g => (With: Share(g, p => p.With), Without: Share(g, p => p.Without)))
            .ToList();
        double[] differences = [.. issues.Select(i => i.With - i.Without)];
        var (low, high) = Bootstrap.Interval(
            differences,
            drawn => drawn.Average(),
            options.Resamples,
            options.Seed
        );
        var (there, thereWithout) = (
            Share(elsewhere, p => p.With),
            Share(elsewhere, p => p.Without)
        );
        return new(
            issues.Average(i => i.With),
            issues.Average(i => i.Without),
            low,
            high,
            there,
            thereWithout,
            low > 0 && there >= thereWithout - LargestFall
        );
    }

    private static PairModel Train(
        IReadOnlyList<JudgedPair> shipped,
        IReadOnlyList<JudgedPair> county
    )
    {
        var weight = Math.Clamp(shipped.Count / (2f * Math.Max(1, county.Count)), 1, MostWeight);
        return PairTrainer.Train(
            PairFeatures.Names,
            [.. shipped, .. county.Select(p => p with { Weight = weight })]
        );
    }

    private static double Share<T>(IEnumerable<T> all, Func<T, bool> right) =>
        all.Average(p => right(p) ? 1.0 : 0);
}
