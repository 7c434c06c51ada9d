using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpinionPipeline.Model;

/// <summary>
/// The n-grams a model knows, one or two UTF-16 units each, numbered from 0: a table with open addressing, so that
/// looking one up touches one cache line.
/// </summary>
internal sealed class Vocabulary
{
    private readonly uint[] ngrams;
    private readonly (uint Key, int Id)[] slots;
    private readonly int shift;

    public Vocabulary(uint[] ngrams)
    {
        this.ngrams = ngrams;
        var bits = 4;
        // At most half full.
        while (1 << bits < ngrams.Length * 2)
            bits++;
        (slots, shift) = (new (uint, int)[1 << bits], 32 - bits);
        for (var id = 0; id < ngrams.Length; id++)
        {
            var slot = Slot(ngrams[id]);
            while (slots[slot].Key != 0)
                slot = (slot + 1) & (slots.Length - 1);
            slots[slot] = (ngrams[id], id);
        }
    }

    /// <summary>How many n-grams it holds.</summary>
    public int Count => ngrams.Length;

    /// <summary>A pair of characters as a number; a single one has <c>\0</c> before it, which no normalised text contains.</summary>
    public static uint Key(char first, char second) => ((uint)first << 16) | second;

    /// <summary>The n-grams in at least so many of the normalised texts.</summary>
    public static Vocabulary Learn(IEnumerable<(string Title, string Body)> texts, int minimum)
    {
        var documents = new Dictionary<uint, int>();
        var seen = new HashSet<uint>();
        foreach (var (title, body) in texts)
        {
            seen.Clear();
            foreach (var field in new[] { title, body })
                for (var i = 0; i < field.Length; i++)
                {
                    seen.Add(Key('\0', field[i]));
                    if (i > 0)
                        seen.Add(Key(field[i - 1], field[i]));
                }
            foreach (var ngram in seen)
                CollectionsMarshal.GetValueRefOrAddDefault(documents, ngram, out _)++;
        }
        return new([.. documents.Where(d => d.Value >= minimum).Select(d => d.Key).Order()]);
    }

    /// <summary>The number of an n-gram, -1 for an unknown one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(uint ngram)
    {
        for (var slot = Slot(ngram); ; slot = (slot + 1) & (slots.Length - 1))
        {
            var (key, id) = slots[slot];
            if (key == ngram)
                return id;
            if (key == 0)
                return -1;
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(ngrams.Length);
        writer.Write(MemoryMarshal.AsBytes(ngrams.AsSpan()));
    }

    public static Vocabulary Load(BinaryReader reader)
    {
        var ngrams = new uint[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(ngrams.AsSpan()));
        return new(ngrams);
    }

    // Fibonacci hashing (Knuth, TAOCP 3, 6.4).
    private int Slot(uint ngram) => (int)((ngram * 2654435769u) >> shift);
}
