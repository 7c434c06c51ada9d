using OpinionPipeline.Text;

namespace OpinionPipeline.Trainer.Grouping;

/// <summary>
/// What is had without places, categories or a learnt model: MinHash with banding (Broder 1997; Leskovec, Rajaraman and
/// Ullman 2014, chapter 3), where texts that share a band are one, and so is what either of them is one with. It keeps the
/// bands of all in memory.
/// </summary>
internal sealed class LshReference
{
    private readonly Dictionary<(int Band, ulong Hash), int> first = [];
    private readonly List<int> parents = [];

    /// <summary>Takes the next text; texts are numbered from 0.</summary>
    public void Add(string body)
    {
        var number = parents.Count;
        parents.Add(number);
        foreach (
            var (band, hash) in MinHash.Bands(Shingles.Of(Normalization.Compact(body))).Index()
        )
            if (!first.TryAdd((band, hash), number))
                parents[GroupOf(number)] = GroupOf(first[(band, hash)]);
    }

    /// <summary>The group of a text: equal numbers are one.</summary>
    public int GroupOf(int text)
    {
        while (parents[text] != text)
            text = parents[text] = parents[parents[text]];
        return text;
    }
}
