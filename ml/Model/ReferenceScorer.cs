using System.Collections.Concurrent;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Microsoft.ML;

namespace OpinionPipeline.Model;

/// <summary>
/// ML.NET's own scoring, the ratio model's scores added: slow, and what the compact scorer has to agree with.
/// Thread-safe.
/// </summary>
internal sealed class ReferenceScorer(
    MLContext context,
    ITransformer model,
    LinearWeights ratio,
    Featurizer features
)
{
    private const string ModelEntry = "model.mlnet";
    private const string FeaturesEntry = "features.bin";
    private readonly ConcurrentBag<PredictionEngine<FeatureRow, ScoreRow>> engines = [];
    private readonly ConcurrentBag<NgramCounter> counters = [];

    /// <summary>The raw scores, and what share of its pairs of characters the model knows.</summary>
    public (float[] Scores, double Known) Score(string title, string body)
    {
        if (!engines.TryTake(out var engine))
            engine = context.Model.CreatePredictionEngine<FeatureRow, ScoreRow>(
                model,
                inputSchemaDefinition: LinearModel.Schema(features.Scales.Length)
            );
        if (!counters.TryTake(out var counter))
            counter = new(features.Vocabulary);
        try
        {
            var text = Featurizer.Count(counter, title, body);
            var row = new FeatureRow { Features = features.Vector(text) };
            var added = ratio.Score(row.Features);
            return ([.. engine.Predict(row).Score.Zip(added, (a, b) => a + b)], counter.Known);
        }
        finally
        {
            engines.Add(engine);
            counters.Add(counter);
        }
    }

    public void Save(ZipArchive zip)
    {
        using (var entry = zip.CreateEntry(ModelEntry).Open())
        using (var buffer = new MemoryStream())
        {
            // ML.NET writes a zip of its own and seeks in it.
            var rows = LinearModel.View(context, [], features.Scales.Length);
            context.Model.Save(model, rows.Schema, buffer);
            buffer.Position = 0;
            buffer.CopyTo(entry);
        }
        using var writer = new BinaryWriter(zip.CreateEntry(FeaturesEntry).Open());
        features.Vocabulary.Save(writer);
        writer.Write(MemoryMarshal.AsBytes(features.Scales.AsSpan()));
        ratio.Save(writer);
    }

    /// <exception cref="InvalidDataException">The archive holds no model.</exception>
    public static ReferenceScorer Load(ZipArchive zip)
    {
        var context = new MLContext();
        using var buffer = new MemoryStream();
        using (var entry = zip.Require(ModelEntry))
            entry.CopyTo(buffer);
        buffer.Position = 0;
        var model = context.Model.Load(buffer, out _);
        using var reader = new BinaryReader(zip.Require(FeaturesEntry));
        var vocabulary = Vocabulary.Load(reader);
        var scales = new float[vocabulary.Count * Featurizer.Views];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(scales.AsSpan()));
        return new(
            context,
            model,
            LinearWeights.Load(reader, scales.Length),
            new(vocabulary, scales)
        );
    }
}
