using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OpinionPipeline.Model;

/// <summary>
/// The trained model as one table: for each n-gram and view a row with the weights of all labels, each already
/// multiplied by the scale, and the scale itself, from which the view's length follows. Scoring adds up rows; it
/// allocates nothing. Thread-safe.
/// </summary>
internal sealed class CompactScorer
{
    private const int Format = 1;
    private const int Lanes = 8;
    private static readonly float[] Damped = [.. Enumerable.Range(0, 256).Select(Featurizer.Damp)];

    private readonly Vocabulary vocabulary;
    private readonly float[] biases;
    private readonly float[] rows;
    private readonly int stride;
    private readonly ConcurrentBag<NgramCounter> counters = [];

    private CompactScorer(Vocabulary vocabulary, float[] biases, float[] rows)
    {
        (this.vocabulary, this.biases, this.rows) = (vocabulary, biases, rows);
        stride = Stride(biases.Length);
    }

    /// <summary>Makes the table from the scales and a linear model's weights.</summary>
    public static CompactScorer Compile(Featurizer features, LinearWeights model)
    {
        var (weights, biases) = model;
        var stride = Stride(biases.Length);
        var rows = new float[features.Scales.Length * stride];
        for (var index = 0; index < features.Scales.Length; index++)
        {
            var scale = features.Scales[index];
            var row = rows.AsSpan(index * stride, stride);
            for (var label = 0; label < biases.Length; label++)
                row[label] = scale * weights[label][index];
            row[biases.Length] = scale;
        }
        return new(features.Vocabulary, biases, rows);
    }

    /// <summary>Writes the raw scores.</summary>
    /// <returns>What share of its pairs of characters the model knows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Score(string title, string body, Span<float> scores)
    {
        if (!counters.TryTake(out var counter))
            counter = new(vocabulary);
        counter.Count(title, body);
        Span<float> sums = stackalloc float[Featurizer.Views * stride];
        Span<float> lengths = stackalloc float[Featurizer.Views];
        Sum(counter, sums, lengths);
        biases.CopyTo(scores);
        for (var view = 0; view < Featurizer.Views; view++)
        for (var label = 0; label < biases.Length; label++)
            scores[label] += sums[view * stride + label] / lengths[view];
        var known = counter.Known;
        counters.Add(counter);
        return known;
    }

    /// <summary>The phrases that spoke for a label against the mean of all.</summary>
    public IReadOnlyList<Phrase> Explain(string title, string body, int label)
    {
        var counter = new NgramCounter(vocabulary);
        counter.Count(title, body);
        var lengths = new float[Featurizer.Views];
        Sum(counter, new float[Featurizer.Views * stride], lengths);
        return Explainer.Phrases(
            title,
            body,
            (key, inTitle) =>
            {
                var ngram = vocabulary.Find(key);
                if (ngram < 0)
                    return 0;
                var (t, b) = counter[ngram];
                return (inTitle ? Part(ngram, 0, t) : Part(ngram, 1, b)) + Part(ngram, 2, t + b);
            }
        );

        float Part(int ngram, int view, int count)
        {
            var row = rows.AsSpan((ngram * Featurizer.Views + view) * stride, biases.Length);
            var mean = 0f;
            foreach (var weight in row)
                mean += weight / row.Length;
            return (row[label] - mean) * Featurizer.Damp(count) / count / lengths[view];
        }
    }

    // Adds up the rows of each view and its squared scales, of which the roots are the views' lengths.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(NgramCounter counter, Span<float> sums, Span<float> lengths)
    {
        sums.Clear();
        lengths.Clear();
        foreach (var ngram in counter.Found)
        {
            var (inTitle, inBody) = counter[ngram];
            if (inTitle > 0)
                Add(ngram, 0, inTitle, sums, lengths);
            if (inBody > 0)
                Add(ngram, 1, inBody, sums, lengths);
            Add(ngram, 2, inTitle + inBody, sums, lengths);
        }
        foreach (ref var length in lengths)
            length = length == 0 ? 1 : MathF.Sqrt(length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int ngram, int view, int count, Span<float> sums, Span<float> squares)
    {
        var weight = count < Damped.Length ? Damped[count] : Featurizer.Damp(count);
        ref var row = ref rows[(ngram * Featurizer.Views + view) * stride];
        ref var sum = ref sums[view * stride];
        for (nuint lane = 0; lane < (nuint)stride; lane += Lanes)
            (
                Vector256.LoadUnsafe(ref sum, lane)
                + Vector256.LoadUnsafe(ref row, lane) * Vector256.Create(weight)
            ).StoreUnsafe(ref sum, lane);
        var value = weight * Unsafe.Add(ref row, biases.Length);
        squares[view] += value * value;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Format);
        vocabulary.Save(writer);
        writer.Write(biases.Length);
        writer.Write(MemoryMarshal.AsBytes(biases.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(rows.AsSpan()));
    }

    /// <summary>Reads what <see cref="Save"/> wrote; null where another version wrote it.</summary>
    public static CompactScorer? Load(BinaryReader reader)
    {
        if (reader.ReadInt32() != Format)
            return null;
        var vocabulary = Vocabulary.Load(reader);
        var biases = new float[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(biases.AsSpan()));
        var rows = new float[vocabulary.Count * Featurizer.Views * Stride(biases.Length)];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rows.AsSpan()));
        return new(vocabulary, biases, rows);
    }

    // Room for the labels and the scale, in whole vectors.
    private static int Stride(int labels) => (labels + Lanes) / Lanes * Lanes;
}
