using OpinionPipeline.Text;

namespace OpinionPipeline.Trainer.Grouping;

/// <summary>Two texts by their numbers, and their Jaccard index.</summary>
public readonly record struct NearPair(int A, int B, double Jaccard);

/// <summary>
/// All pairs of texts of a Jaccard index, none missed: every text is counted against every other that shares a shingle.
/// What the product finds by bands is measured by it.
/// </summary>
public static class NearPairs
{
    /// <summary>The pairs of at least that index, the earlier text first.</summary>
    public static IEnumerable<NearPair> Of(IReadOnlyList<ulong[]> shingles, double atLeast)
    {
        var having = new Dictionary<ulong, List<int>>();
        var shared = new int[shingles.Count];
        for (var i = 0; i < shingles.Count; i++)
        {
            var met = new List<int>();
            foreach (var shingle in shingles[i])
            {
                if (!having.TryGetValue(shingle, out var others))
                    having.Add(shingle, others = []);
                foreach (var other in others)
                    if (shared[other]++ == 0)
                        met.Add(other);
                others.Add(i);
            }
            foreach (var other in met)
            {
                var jaccard =
                    (double)shared[other]
                    / (shingles[i].Length + shingles[other].Length - shared[other]);
                shared[other] = 0;
                if (jaccard >= atLeast)
                    yield return new(other, i, jaccard);
            }
        }
    }
}
