using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace OpinionPipeline.Model;

/// <summary>A linear model: for each label a weight for every feature, and a bias.</summary>
internal sealed record LinearWeights(float[][] Weights, float[] Biases)
{
    /// <summary>The raw score of each label.</summary>
    public float[] Score(VBuffer<float> features)
    {
        var indices = features.GetIndices();
        var values = features.GetValues();
        var scores = Biases.ToArray();
        for (var label = 0; label < scores.Length; label++)
        for (var i = 0; i < indices.Length; i++)
            scores[label] += Weights[label][indices[i]] * values[i];
        return scores;
    }

    /// <summary>The model whose scores are the sum of both models' scores.</summary>
    public LinearWeights Plus(LinearWeights other) =>
        new(
            [.. Weights.Zip(other.Weights, (a, b) => a.Zip(b, (x, y) => x + y).ToArray())],
            [.. Biases.Zip(other.Biases, (x, y) => x + y)]
        );

    /// <summary>The model whose scores are so many times as great.</summary>
    public LinearWeights Times(float factor) =>
        new(
            [.. Weights.Select(w => w.Select(x => x * factor).ToArray())],
            [.. Biases.Select(x => x * factor)]
        );

    public void Save(BinaryWriter writer)
    {
        writer.Write(Biases.Length);
        writer.Write(MemoryMarshal.AsBytes(Biases.AsSpan()));
        foreach (var row in Weights)
            writer.Write(MemoryMarshal.AsBytes(row.AsSpan()));
    }

    public static LinearWeights Load(BinaryReader reader, int features)
    {
        var biases = new float[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(biases.AsSpan()));
        var weights = biases.Select(_ => new float[features]).ToArray();
        foreach (var row in weights)
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
        return new(weights, biases);
    }
}
