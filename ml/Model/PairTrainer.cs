using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace OpinionPipeline.Model;

/// <summary>A pair that people judged: the numbers that compare the two, and whether they are one.</summary>
public sealed record JudgedPair(float[] Numbers, bool Same);

/// <summary>Trains a <see cref="PairModel"/> with ML.NET's L-BFGS logistic regression.</summary>
public static class PairTrainer
{
    /// <summary>Of 0.003, 0.01 and 0.03 times as many pairs there are, this held-out pairs were judged best with.</summary>
    private const float Regularisation = 300;

    /// <exception cref="ArgumentException">All pairs are one, or all are two.</exception>
    public static PairModel Train(
        IReadOnlyList<string> names,
        IReadOnlyList<JudgedPair> pairs,
        float regularisation = Regularisation
    )
    {
        if (pairs.All(p => p.Same) || !pairs.Any(p => p.Same))
            throw new ArgumentException(
                "A pair model needs pairs that are one and pairs that are not."
            );
        var (means, deviations) = Moments([.. pairs.Select(p => p.Numbers)]);
        var expanded = pairs.Select(p => Expand(p.Numbers, means, deviations)).ToList();
        var (productMeans, productDeviations) = Moments(expanded);
        var context = new MLContext(1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(
            NumberDataViewType.Single,
            expanded[0].Length
        );
        var rows = pairs.Zip(
            expanded,
            (pair, products) =>
                new Row
                {
                    Same = pair.Same,
                    Features =
                    [
                        .. products.Select(
                            (x, i) =>
                                productDeviations[i] == 0
                                    ? 0
                                    : (x - productMeans[i]) / productDeviations[i]
                        ),
                    ],
                }
        );
        var model = context
            .BinaryClassification.Trainers.LbfgsLogisticRegression(
                new LbfgsLogisticRegressionBinaryTrainer.Options
                {
                    LabelColumnName = nameof(Row.Same),
                    FeatureColumnName = nameof(Row.Features),
                    L1Regularization = 0,
                    L2Regularization = regularisation,
                    NumberOfThreads = 1,
                }
            )
            .Fit(context.Data.LoadFromEnumerable(rows, schema))
            .Model.SubModel;
        // The products' own means and deviations go into the weights.
        var weights = model
            .Weights.Select((w, i) => productDeviations[i] == 0 ? 0 : w / productDeviations[i])
            .ToArray();
        var bias = model.Bias - weights.Zip(productMeans, (w, m) => w * m).Sum();
        return new(names, means, deviations, weights, bias);
    }

    private static float[] Expand(float[] numbers, float[] means, float[] deviations)
    {
        var standard = new float[numbers.Length];
        PairModel.Standardise(numbers, means, deviations, standard);
        var expanded = new List<float>(standard);
        for (var i = 0; i < standard.Length; i++)
        for (var j = i; j < standard.Length; j++)
            expanded.Add(standard[i] * standard[j]);
        return [.. expanded];
    }

    private static (float[] Means, float[] Deviations) Moments(List<float[]> rows)
    {
        var means = new float[rows[0].Length];
        var deviations = new float[rows[0].Length];
        for (var i = 0; i < means.Length; i++)
        {
            var mean = rows.Average(r => (double)r[i]);
            means[i] = (float)mean;
            deviations[i] = (float)Math.Sqrt(rows.Average(r => (r[i] - mean) * (r[i] - mean)));
        }
        return (means, deviations);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
        public bool Same { get; set; }
    }
}
