using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace OpinionPipeline.Model;

/// <summary>A row as ML.NET reads it: the featurizer's vector and the label.</summary>
internal sealed class FeatureRow
{
    public VBuffer<float> Features { get; set; }
    public string Label { get; set; } = "";
    public float Weight { get; set; } = 1;
}

/// <summary>The raw scores of a row, in the order of the model's labels.</summary>
internal sealed class ScoreRow
{
    public float[] Score { get; set; } = [];
}

/// <summary>ML.NET's linear model: one weight for each label and feature, stochastic dual coordinate ascent with a smoothed hinge.</summary>
internal static class LinearModel
{
    /// <summary>Trains on vectors; the same rows and seed give the same model.</summary>
    public static TransformerChain<
        MulticlassPredictionTransformer<LinearMulticlassModelParameters>
    > Fit(MLContext context, IReadOnlyList<FeatureRow> rows, TrainingOptions options) =>
        context
            .Transforms.Conversion.MapValueToKey(
                "LabelKey",
                nameof(FeatureRow.Label),
                keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue
            )
            .AppendCacheCheckpoint(context)
            .Append(
                context.MulticlassClassification.Trainers.SdcaNonCalibrated(
                    new SdcaNonCalibratedMulticlassTrainer.Options
                    {
                        LabelColumnName = "LabelKey",
                        FeatureColumnName = nameof(FeatureRow.Features),
                        ExampleWeightColumnName = nameof(FeatureRow.Weight),
                        Loss = new SmoothedHingeLoss(),
                        L2Regularization = options.L2,
                        L1Regularization = 0,
                        MaximumNumberOfIterations = 40,
                        // One thread: the same data and seed give the same model.
                        NumberOfThreads = 1,
                    }
                )
            )
            .Fit(View(context, rows, rows[0].Features.Length));

    /// <summary>Rows of vectors of a given size.</summary>
    public static IDataView View(MLContext context, IEnumerable<FeatureRow> rows, int size) =>
        context.Data.LoadFromEnumerable(rows, Schema(size));

    /// <summary>What ML.NET has to know of a row: the size of its vector.</summary>
    public static SchemaDefinition Schema(int size)
    {
        var schema = SchemaDefinition.Create(typeof(FeatureRow));
        schema[nameof(FeatureRow.Features)].ColumnType = new VectorDataViewType(
            NumberDataViewType.Single,
            size
        );
        return schema;
    }

    /// <summary>The labels in the order of the scores.</summary>
    public static IReadOnlyList<string> Labels(MLContext context, ITransformer model, int size)
    {
        var schema = model.GetOutputSchema(View(context, [], size).Schema);
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Score"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }
}
