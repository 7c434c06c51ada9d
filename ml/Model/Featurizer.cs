using Microsoft.ML.Data;

namespace OpinionPipeline.Model;

/// <summary>
/// Turns a text into the vector that the linear model is trained on: three views of its n-grams - the title's, the
/// body's, and both together - each of length one. A count n weighs (1 + ln n) times the n-gram's scale in that view.
/// </summary>
internal sealed class Featurizer(Vocabulary vocabulary, float[] scales)
{
    /// <summary>Title, body, both.</summary>
    public const int Views = 3;

    /// <summary>The n-grams.</summary>
    public Vocabulary Vocabulary => vocabulary;

    /// <summary>A scale for each view of each n-gram, the views of one n-gram beside each other.</summary>
    public float[] Scales => scales;

    /// <summary>1 + ln n, and 0 for none.</summary>
    public static float Damp(int count) => count == 0 ? 0 : 1 + MathF.Log(count);

    /// <summary>The views of a text, sparse, in the order of their indices.</summary>
    public static NgramCounts Count(NgramCounter counter, string title, string body)
    {
        counter.Count(title, body);
        var ngrams = counter.Found.ToArray();
        Array.Sort(ngrams);
        var (indices, values) = (new List<int>(ngrams.Length * 2), new List<float>());
        foreach (var ngram in ngrams)
        {
            var (inTitle, inBody) = counter[ngram];
            Add(ngram * Views, inTitle);
            Add(ngram * Views + 1, inBody);
            Add(ngram * Views + 2, inTitle + inBody);
        }
        return new([.. indices], [.. values]);

        void Add(int index, int count)
        {
            if (count == 0)
                return;
            indices.Add(index);
            values.Add(Damp(count));
        }
    }

    /// <summary>The vector of a text.</summary>
    public VBuffer<float> Vector(NgramCounts text)
    {
        var (indices, values) = (new List<int>(text.Indices.Length), new List<float>());
        Span<double> squares = stackalloc double[Views];
        for (var i = 0; i < text.Indices.Length; i++)
        {
            var value = text.Values[i] * scales[text.Indices[i]];
            if (value == 0)
                continue;
            indices.Add(text.Indices[i]);
            values.Add(value);
            squares[text.Indices[i] % Views] += value * value;
        }
        for (var i = 0; i < indices.Count; i++)
            values[i] /= (float)Math.Sqrt(squares[indices[i] % Views]);
        return new(scales.Length, indices.Count, [.. values], [.. indices]);
    }
}

/// <summary>A text's n-grams by view: indices in ascending order, damped counts.</summary>
internal sealed record NgramCounts(int[] Indices, float[] Values);
