using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.ML;
using OpinionPipeline.Text;

namespace OpinionPipeline.Model;

/// <summary>A trained model: one file that holds the ML.NET pipeline, its card and the term weights. Thread-safe.</summary>
public sealed class TextClassifier
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly MLContext context;
    private readonly ITransformer model;
    private readonly ConcurrentBag<PredictionEngine<TextRow, ScoreRow>> engines = [];

    internal TextClassifier(
        MLContext context,
        ITransformer model,
        TermWeights terms,
        ModelCard card
    )
    {
        (this.context, this.model) = (context, model);
        (Terms, Card) = (terms, card);
    }

    /// <summary>What it was made of and how good it is.</summary>
    public ModelCard Card { get; }

    /// <summary>How rare each pair of characters is in the training texts.</summary>
    public TermWeights Terms { get; }

    /// <summary>The most probable label.</summary>
    public Prediction Predict(string title, string body)
    {
        if (!engines.TryTake(out var engine))
            engine = context.Model.CreatePredictionEngine<TextRow, ScoreRow>(model);
        try
        {
            return Prediction.From(engine.Predict(TextRow.From(title, body)).Score, Card);
        }
        finally
        {
            engines.Add(engine);
        }
    }

    /// <summary>Many at once, in order; faster than one by one.</summary>
    public IEnumerable<Prediction> PredictAll(IEnumerable<(string Title, string Body)> texts) =>
        ScoreReader
            .Scores(context, model, texts.Select(t => TextRow.From(t.Title, t.Body)))
            .Select(scores => Prediction.From(scores, Card));

    /// <summary>Writes the model file; a file of that name stays whole until the new one is.</summary>
    public void Save(string path)
    {
        var draft = path + ".new";
        using (var file = File.Create(draft))
        {
            Save(file);
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Writes the model.</summary>
    public void Save(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using (var entry = zip.CreateEntry("model.mlnet").Open())
        using (var buffer = new MemoryStream())
        {
            // ML.NET writes a zip of its own and seeks in it.
            context.Model.Save(model, context.Data.LoadFromEnumerable<TextRow>([]).Schema, buffer);
            buffer.Position = 0;
            buffer.CopyTo(entry);
        }
        using (var entry = zip.CreateEntry("terms.bin").Open())
            Terms.Save(entry);
        using (var entry = zip.CreateEntry("card.json").Open())
            JsonSerializer.Serialize(entry, Card, Json);
    }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="InvalidDataException">The file is no model.</exception>
    public static TextClassifier Load(string path)
    {
        using var file = File.OpenRead(path);
        return Load(file);
    }

    /// <summary>Reads a model from a stream that can seek.</summary>
    /// <exception cref="InvalidDataException">It is no model.</exception>
    public static TextClassifier Load(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var context = new MLContext();
        using var buffer = new MemoryStream();
        using (var entry = Entry("model.mlnet"))
            entry.CopyTo(buffer);
        buffer.Position = 0;
        var model = context.Model.Load(buffer, out _);
        using var terms = Entry("terms.bin");
        using var card = Entry("card.json");
        return new(
            context,
            model,
            TermWeights.Load(terms),
            JsonSerializer.Deserialize<ModelCard>(card, Json)!
        );

        Stream Entry(string name) =>
            zip.GetEntry(name)?.Open()
            ?? throw new InvalidDataException($"This is no model file: it has no {name}.");
    }
}
