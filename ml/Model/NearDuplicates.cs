using OpinionPipeline.Text;

namespace OpinionPipeline.Model;

/// <summary>
/// Finds the texts seen before that a text nearly repeats: bands of a MinHash sketch for candidates, then the Jaccard
/// index of 4-character shingles. A pair at exactly the bound is found with probability 0.93, one at 0.7 with 0.9999.
/// </summary>
public sealed class NearDuplicates
{
    /// <summary>Jaccard index from which two texts are near duplicates; as in cross-validation.</summary>
    public const double Bound = 0.5;

    private readonly List<ulong[]> seen = [];
    private readonly Dictionary<(int Band, ulong Value), List<int>> buckets = [];

    /// <summary>Adds a text; its number is how many were added before.</summary>
    /// <returns>The numbers of the earlier texts that it nearly repeats, in no order.</returns>
    public IReadOnlyCollection<int> Add(string title, string body)
    {
        var shingles = Shingles.Of(Normalization.Compact(title + body));
        var near = new HashSet<int>();
        var compared = new HashSet<int>();
        foreach (var (band, value) in MinHash.Bands(shingles).Index())
        {
            if (!buckets.TryGetValue((band, value), out var bucket))
                buckets[(band, value)] = bucket = [];
            foreach (var other in bucket)
                if (compared.Add(other) && Shingles.Jaccard(seen[other], shingles) >= Bound)
                    near.Add(other);
            bucket.Add(seen.Count);
        }
        seen.Add(shingles);
        return near;
    }

    /// <summary>True where it nearly repeats one seen before; otherwise it is seen from now on.</summary>
    public bool IsRepeated(string title, string body) => Add(title, body).Count > 0;
}
