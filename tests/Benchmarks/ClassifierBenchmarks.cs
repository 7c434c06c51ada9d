using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OpinionPipeline.Model;

namespace OpinionPipeline.Benchmarks;

/// <summary>
/// What the classifier costs: a message by itself, one of a batch on all processors, the first one after the start
/// (reading the file included), and a training with its cross-validation.
/// </summary>
[Config(typeof(Few))]
[MemoryDiagnoser]
public class ClassifierBenchmarks
{
    private const int Batch = 1000;

    private IReadOnlyList<LabelledText> texts = [];
    private IReadOnlyList<(string Title, string Body)> messages = [];
    private byte[] file = [];
    private TextClassifier model = null!;
    private int next;

    /// <summary>Trains the model that the others ask.</summary>
    [GlobalSetup]
    public void Train()
    {
        texts = Messages.ToTrainOn();
        messages = Messages.ToClassify();
        model = Training();
        using var stream = new MemoryStream();
        model.Save(stream);
        file = stream.ToArray();
    }

    /// <summary>A message by itself, another one each time.</summary>
    [Benchmark]
    public Prediction Single()
    {
        next = (next + 1) % messages.Count;
        return model.Predict(messages[next].Title, messages[next].Body);
    }

    /// <summary>A message in a batch of a thousand.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public int InBatch()
    {
        next = (next + Batch) % Math.Max(messages.Count - Batch, 1);
        return model.PredictAll(messages.Skip(next).Take(Batch)).Count();
    }

    /// <summary>The first message after a start.</summary>
    [Benchmark]
    public Prediction First()
    {
        using var stream = new MemoryStream(file);
        return TextClassifier.Load(stream).Predict(messages[0].Title, messages[0].Body);
    }

    /// <summary>A training with its cross-validation.</summary>
    [Benchmark]
    public TextClassifier Training() =>
        ClassifierTrainer.Train(texts, new(), DateTimeOffset.UnixEpoch, null, default);

    // In this process, so that nothing is built while it measures, and a few rounds: a training takes seconds.
    private sealed class Few : ManualConfig
    {
        public Few() =>
            AddJob(
                Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
                    .WithStrategy(RunStrategy.Throughput)
                    .WithWarmupCount(1)
                    .WithIterationCount(5)
            );
    }
}
