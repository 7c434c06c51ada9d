using System.Runtime.CompilerServices;
using OpinionPipeline.Text;

namespace OpinionPipeline.Model;

/// <summary>Counts a text's n-grams without allocating: what one thread needs, used again for every text.</summary>
internal sealed class NgramCounter(Vocabulary vocabulary)
{
    private readonly (int Title, int Body)[] counts = new (int, int)[vocabulary.Count];
    private int[] found = new int[1024];
    private int length;
    private int pairs;
    private int known;
    private char[] normal = new char[1024];

    /// <summary>
    /// Share of the pairs of neighbouring characters in the text last counted that the vocabulary holds; of a short
    /// text nothing is claimed: two known pairs are added.
    /// </summary>
    public double Known => (known + 2.0) / (pairs + 2.0);

    /// <summary>The n-grams of the text last counted that the vocabulary holds, each once.</summary>
    public ReadOnlySpan<int> Found => found.AsSpan(0, length);

    /// <summary>How often one stands in the title and in the body.</summary>
    public (int Title, int Body) this[int ngram] => counts[ngram];

    /// <summary>Forgets the last text and counts this one.</summary>
    public void Count(string title, string body)
    {
        foreach (var ngram in Found)
            counts[ngram] = default;
        (length, pairs, known) = (0, 0, 0);
        Count(title, (1, 0));
        Count(body, (0, 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(string field, (int Title, int Body) one)
    {
        if (normal.Length < field.Length)
            normal = new char[field.Length * 2];
        var characters = Normalization.Normalize(field, normal);
        // Each character brings at most itself and the pair it ends.
        if (found.Length < length + characters * 2)
            Array.Resize(ref found, (length + characters * 2) * 2);
        var last = '\0';
        foreach (var c in normal.AsSpan(0, characters))
        {
            Add(vocabulary.Find(Vocabulary.Key('\0', c)), one);
            if (last != '\0')
            {
                var pair = vocabulary.Find(Vocabulary.Key(last, c));
                Add(pair, one);
                pairs++;
                known += pair < 0 ? 0 : 1;
            }
            last = c;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int ngram, (int Title, int Body) one)
    {
        if (ngram < 0)
            return;
        ref var count = ref counts[ngram];
        if (count == default)
            found[length++] = ngram;
        count = (count.Title + one.Title, count.Body + one.Body);
    }
}
