using OpinionPipeline.Text;

namespace OpinionPipeline.Model;

/// <summary>Texts as vectors, and the features learnt from them by which others become vectors too.</summary>
internal sealed record TrainingVectors(Featurizer Features, IReadOnlyList<FeatureRow> Rows)
{
    // In fewer texts than this an n-gram is an accident.
    private const int LeastDocuments = 2;

    /// <summary>How long each vector is.</summary>
    public int Size => Features.Scales.Length;

    /// <summary>Learns vocabulary and scales.</summary>
    public static TrainingVectors Of(IReadOnlyList<LabelledText> texts)
    {
        var vocabulary = Vocabulary.Learn(
            texts.Select(t => (Normalization.Normalize(t.Title), Normalization.Normalize(t.Body))),
            LeastDocuments
        );
        var counter = new NgramCounter(vocabulary);
        var names = texts.Select(t => t.Label).Distinct().Order(StringComparer.Ordinal).ToList();
        var counts = texts
            .Select(t =>
                (Text: Featurizer.Count(counter, t.Title, t.Body), Label: names.IndexOf(t.Label))
            )
            .ToList();
        var size = vocabulary.Count * Featurizer.Views;
        var features = new Featurizer(vocabulary, ScaleLearner.Learn(size, counts, names.Count));
        return new(
            features,
            [
                .. counts.Zip(
                    texts,
                    (c, t) =>
                        new FeatureRow
                        {
                            Features = features.Vector(c.Text),
                            Label = t.Label,
                            Weight = t.Weight,
                        }
                ),
            ]
        );
    }
}
