using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace OpinionPipeline.Model;

/// <summary>Trains a <see cref="PairModel"/> with ML.NET's boosted trees. The same pairs give the same model.</summary>
public static class PairTrainer
{
    // Few leaves and a slow pace: the pairs are some thousands.
    private const int Trees = 200;
    private const int Leaves = 8;
    private const int FewestPairs = 20;
    private const double Pace = 0.05;

    /// <exception cref="ArgumentException">All pairs are one, or all are two.</exception>
    public static PairModel Train(IReadOnlyList<string> names, IReadOnlyList<JudgedPair> pairs)
    {
        if (pairs.All(p => p.Same) || !pairs.Any(p => p.Same))
            throw new ArgumentException(
                "A pair model needs pairs that are one and pairs that are not."
            );
        var context = new MLContext(1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(
            NumberDataViewType.Single,
            names.Count
        );
        var model = context
            .BinaryClassification.Trainers.FastTree(
                new FastTreeBinaryTrainer.Options
                {
                    LabelColumnName = nameof(Row.Same),
                    FeatureColumnName = nameof(Row.Features),
                    ExampleWeightColumnName = nameof(Row.Weight),
                    NumberOfTrees = Trees,
                    NumberOfLeaves = Leaves,
                    MinimumExampleCountPerLeaf = FewestPairs,
                    LearningRate = Pace,
                    NumberOfThreads = 1,
                    Seed = 1,
                }
            )
            .Fit(
                context.Data.LoadFromEnumerable(
                    pairs.Select(p => new Row
                    {
                        Same = p.Same,
                        Features = p.Numbers,
                        Weight = p.Weight,
                    }),
                    schema
                )
            )
            .Model;
        // The calibrator's slope goes into the leaves.
        var calibrator = (PlattCalibrator)model.Calibrator;
        return new(
            names,
            [
                .. model.SubModel.TrainedTreeEnsemble.Trees.Zip(
                    model.SubModel.TrainedTreeEnsemble.TreeWeights,
                    (tree, weight) =>
                        new PairTree(
                            [.. tree.NumericalSplitFeatureIndexes],
                            [.. tree.NumericalSplitThresholds],
                            [.. tree.LeftChild],
                            [.. tree.RightChild],
                            [.. tree.LeafValues.Select(v => v * weight * -calibrator.Slope)]
                        )
                ),
            ],
            -calibrator.Offset - calibrator.Slope * model.SubModel.TrainedTreeEnsemble.Bias
        );
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
        public bool Same { get; set; }
        public float Weight { get; set; }
    }
}
