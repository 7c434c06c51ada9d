using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpinionPipeline.Text;

namespace OpinionPipeline.Model;

/// <summary>
/// A trained model: one file that holds the ML.NET model, the compact scorer compiled from it, the card and the term
/// weights. The compact scorer answers; ML.NET's is loaded only where the file has no compact one that this version can
/// read. Thread-safe.
/// </summary>
public sealed class TextClassifier
{
    private const string CompactEntry = "compact.bin";
    private const string WeightsEntry = "terms.bin";
    private const string VectorsEntry = "vectors.bin";
    private const string BackgroundEntry = "background.bin";
    private const string PairsEntry = "pairs.json";
    private const string FinerEntry = "finer.bin";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly byte[] file;
    private readonly CompactScorer? compact;
    private readonly Dictionary<string, int> labels;
    private readonly Dictionary<string, (CompactScorer Scorer, FinerCard Card)> finer = [];
    private readonly Lazy<ReferenceScorer> reference;

    private TextClassifier(byte[] file)
    {
        this.file = file;
        using var zip = Open(file);
        using (var card = zip.Require("card.json"))
            Card = JsonSerializer.Deserialize<ModelCard>(card, Json)!;
        labels = Card.Labels.Index().ToDictionary(l => l.Item, l => l.Index);
        using (var weights = zip.Require(WeightsEntry))
        using (var vectors = zip.Require(VectorsEntry))
        // Files from before the background have none.
        using (var background = zip.GetEntry(BackgroundEntry)?.Open())
            Language = new(
                TermWeights.Load(weights),
                TermVectors.Load(vectors),
                background is null ? Background.None : Background.Load(background)
            );
        if (zip.GetEntry(PairsEntry) is { } judge)
            using (var stream = judge.Open())
                Pairs = PairModel.Load(stream);
        if (zip.GetEntry(CompactEntry) is { } entry)
            using (var reader = new BinaryReader(entry.Open()))
                compact = CompactScorer.Load(reader);
        // Files from before the second level have none.
        if (zip.GetEntry(FinerEntry) is { } second)
            using (var reader = new BinaryReader(second.Open()))
                foreach (var card in Card.Finer)
                {
                    if (CompactScorer.Load(reader) is not { } scorer)
                        break;
                    finer[card.Label] = (scorer, card);
                }
        reference = new(() =>
        {
            using var archive = Open(this.file);
            return ReferenceScorer.Load(archive);
        });
        if (compact is null)
            _ = reference.Value;
    }

    /// <summary>What it was made of and how good it is.</summary>
    public ModelCard Card { get; }

    /// <summary>What the training texts tell of their language.</summary>
    public Language Language { get; }

    /// <summary>What a county's decisions on matters have taught; null where nothing: then the shipped one judges pairs.</summary>
    public PairModel? Pairs { get; }

    /// <summary>True where the compact scorer answers, false where ML.NET does.</summary>
    public bool IsCompact => compact is not null;

    internal static TextClassifier Create(
        ReferenceScorer reference,
        CompactScorer? compact,
        Language language,
        IReadOnlyList<CompactScorer> finer,
        ModelCard card
    )
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            reference.Save(zip);
            if (compact is not null)
                using (var writer = new BinaryWriter(zip.CreateEntry(CompactEntry).Open()))
                    compact.Save(writer);
            using (var writer = new BinaryWriter(zip.CreateEntry(FinerEntry).Open()))
                foreach (var scorer in finer)
                    scorer.Save(writer);
            using (var entry = zip.CreateEntry(WeightsEntry).Open())
                language.Weights.Save(entry);
            using (var entry = zip.CreateEntry(VectorsEntry).Open())
                language.Vectors.Save(entry);
            using (var entry = zip.CreateEntry(BackgroundEntry).Open())
                language.Background.Save(entry);
            using (var entry = zip.CreateEntry("card.json").Open())
                JsonSerializer.Serialize(entry, card, Json);
        }
        return new(buffer.ToArray());
    }

    /// <summary>The same with a model of pairs beside it.</summary>
    public TextClassifier With(PairModel pairs)
    {
        using var buffer = new MemoryStream();
        buffer.Write(file);
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(PairsEntry)?.Delete();
            using var entry = zip.CreateEntry(PairsEntry).Open();
            pairs.Save(entry);
        }
        return new(buffer.ToArray());
    }

    /// <summary>The most probable label.</summary>
    public Prediction Predict(string title, string body)
    {
        if (compact is null)
            return PredictByReference(title, body);
        Span<float> scores = stackalloc float[Card.Labels.Count];
        var known = compact.Score(title, body, scores);
        return Prediction.From(scores, known, Card);
    }

    /// <summary>
    /// The most probable second-level label below a first-level one, whoever decided that, with all others; null where
    /// the model knows none. Costs nothing to whoever does not ask.
    /// </summary>
    public Prediction? PredictFiner(string label, string title, string body)
    {
        if (!finer.TryGetValue(label, out var below))
            return null;
        var (scorer, card) = below;
        Span<float> scores = stackalloc float[card.Labels.Count];
        var known = scorer.Score(title, body, scores);
        return Prediction.From(scores, known, card);
    }

    /// <summary>The same by ML.NET's own scoring, which is slower: what the compact scorer is compared with.</summary>
    public Prediction PredictByReference(string title, string body)
    {
        var (scores, known) = reference.Value.Score(title, body);
        return Prediction.From(scores, known, Card);
    }

    /// <summary>The same with the phrases that carried it; none where the model has no compact scorer.</summary>
    public Explanation Explain(string title, string body)
    {
        var prediction = Predict(title, body);
        return new(prediction, compact?.Explain(title, body, labels[prediction.Label]) ?? []);
    }

    /// <summary>Many at once, in order, on all processors.</summary>
    public IEnumerable<Prediction> PredictAll(IEnumerable<(string Title, string Body)> texts) =>
        texts.AsParallel().AsOrdered().Select(t => Predict(t.Title, t.Body));

    /// <summary>Writes the model file; a file of that name stays whole until the new one is.</summary>
    public void Save(string path)
    {
        var draft = path + ".new";
        using (var stream = File.Create(draft))
        {
            Save(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Writes the model.</summary>
    public void Save(Stream stream) => stream.Write(file);

    /// <summary>Reads a model file.</summary>
    /// <exception cref="InvalidDataException">The file is no model.</exception>
    public static TextClassifier Load(string path) => new(File.ReadAllBytes(path));

    /// <summary>Reads a model from a stream: all of one that can seek, wherever it stands, else what is left.</summary>
    /// <exception cref="InvalidDataException">It is no model.</exception>
    public static TextClassifier Load(Stream stream)
    {
        using var buffer = new MemoryStream();
        if (stream.CanSeek)
            stream.Position = 0;
        stream.CopyTo(buffer);
        return new(buffer.ToArray());
    }

    private static ZipArchive Open(byte[] file) => new(new MemoryStream(file), ZipArchiveMode.Read);
}

/// <summary>Entries that a model file must have.</summary>
internal static class ModelEntries
{
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public static Stream Require(this ZipArchive zip, string name) =>
        zip.GetEntry(name)?.Open()
        ?? throw new InvalidDataException($"This is no model file: it has no {name}.");
}
