using Microsoft.ML;
using Microsoft.ML.Data;

namespace OpinionPipeline.Model;

/// <summary>
/// One training without any judgement of it: features learnt from the texts, and two linear models on them whose scores
/// are added up, which is one linear model to whoever scores.
/// </summary>
internal sealed record FittedModel(
    IReadOnlyList<string> Labels,
    ReferenceScorer Reference,
    CompactScorer Compact
)
{
    // How much the ratio model's scores count beside SDCA's. Macro-F1 of two assignments of folds, and the share decided:
    // without it 0.930 and 0.928, 80.5% and 80.2%; 1 gives 0.932 and 0.929, 82.4% and 80.2%; 2.5 gives 0.933 and 0.928.
    private const float RatioShare = 1;

    /// <summary>Learns vocabulary, scales and weights; the same texts and seed give the same model.</summary>
    public static FittedModel Fit(IReadOnlyList<LabelledText> texts, TrainingOptions options)
    {
        var (features, rows) = TrainingVectors.Of(texts);
        var context = new MLContext(options.Seed);
        var model = LinearModel.Fit(context, rows, options);
        var labels = LinearModel.Labels(context, model, features.Scales.Length);
        VBuffer<float>[] weights = [];
        model.LastTransformer.Model.GetWeights(ref weights, out _);
        var sdca = new LinearWeights(
            [.. weights.Select(w => w.DenseValues().ToArray())],
            [.. model.LastTransformer.Model.GetBiases()]
        );
        var ratio = RatioTrainer.Fit(rows, labels, options.Seed).Times(RatioShare);
        return new(
            labels,
            new(context, model, ratio, features),
            CompactScorer.Compile(features, sdca.Plus(ratio))
        );
    }
}
