using OpinionPipeline.Text;

namespace OpinionPipeline.Model;

/// <summary>Splits texts so that near duplicates stay on one side: a copy in the test set is no test.</summary>
public static class Folds
{
    private const double NearDuplicate = 0.5;

    /// <summary>For each text the fold it belongs to, 0 to <paramref name="count"/> - 1; the same seed gives the same folds.</summary>
    public static int[] Assign(IReadOnlyList<LabelledText> texts, int count, int seed)
    {
        var group = Groups(texts);
        var random = new Random(seed);
        var folds = new int[texts.Count];
        Array.Fill(folds, -1);
        // Label by label, so that every fold has its share of each.
        foreach (
            var label in texts
                .Select((t, i) => (t.Label, Index: i))
                .GroupBy(t => t.Label)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            var groups = label.GroupBy(t => group[t.Index]).Select(g => g.Key).ToArray();
            random.Shuffle(groups);
            var next = random.Next(count);
            foreach (var g in groups)
            {
                // A group that spans labels was placed with its first one.
                if (folds[g] < 0)
                    folds[g] = next++ % count;
            }
        }
        for (var i = 0; i < folds.Length; i++)
            folds[i] = folds[group[i]];
        return folds;
    }

    // Each text's group is named by its first member.
    private static int[] Groups(IReadOnlyList<LabelledText> texts)
    {
        var shingles = texts
            .Select(t => Shingles.Of(Normalization.Compact(t.Title + t.Body)))
            .ToList();
        var parent = Enumerable.Range(0, texts.Count).ToArray();
        var buckets = new Dictionary<(int, ulong), int>();
        for (var i = 0; i < texts.Count; i++)
        {
            var bands = MinHash.Bands(shingles[i]);
            for (var b = 0; b < bands.Length; b++)
                if (!buckets.TryAdd((b, bands[b]), i))
                {
                    var (x, y) = (Root(buckets[(b, bands[b])]), Root(i));
                    if (
                        x != y
                        && Shingles.Jaccard(shingles[buckets[(b, bands[b])]], shingles[i])
                            >= NearDuplicate
                    )
                        parent[Math.Max(x, y)] = Math.Min(x, y);
                }
        }
        return [.. parent.Select((_, i) => Root(i))];

        int Root(int i)
        {
            while (parent[i] != i)
                i = parent[i] = parent[parent[i]];
            return i;
        }
    }
}
