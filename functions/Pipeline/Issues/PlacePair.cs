using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>The places of two texts beside each other.</summary>
public sealed class PlacePair
{
    private readonly IReadOnlyList<PlaceMention> a;
    private readonly IReadOnlyList<PlaceMention> b;
    private readonly HashSet<string> fineA;
    private readonly HashSet<string> fineB;

    public PlacePair(IEnumerable<PlaceMention> a, IEnumerable<PlaceMention> b)
    {
        this.a = [.. a.DistinctBy(p => p.Canonical)];
        this.b = [.. b.DistinctBy(p => p.Canonical)];
        Shared = [.. this.a.IntersectBy(this.b.Select(p => p.Canonical), p => p.Canonical)];
        (fineA, fineB) = (Fine(this.a), Fine(this.b));
    }

    /// <summary>Places both name.</summary>
    public IReadOnlyList<PlaceMention> Shared { get; }

    /// <summary>How many villages and finer both name.</summary>
    public int SharedFine => Shared.Count(p => p.Level >= PlaceLevel.Village);

    /// <summary>Both name villages or finer, and none in common.</summary>
    public bool FineApart => fineA.Count > 0 && fineB.Count > 0 && !fineA.Overlaps(fineB);

    /// <summary>Both name counties, or both name only cities, and none in common: 县二中 of one county is not that of another.</summary>
    public bool AreasApart
    {
        get
        {
            var (countiesA, countiesB) = (Areas(a, city: false), Areas(b, city: false));
            if (countiesA.Count > 0 && countiesB.Count > 0)
                return !countiesA.Overlaps(countiesB);
            var (citiesA, citiesB) = (Areas(a, city: true), Areas(b, city: true));
            return citiesA.Count > 0 && citiesB.Count > 0 && !citiesA.Overlaps(citiesB);
        }
    }

    /// <summary>Both name cities, counties or districts, and none in common; a county's city may be among the other's.</summary>
    public bool NoCommonArea
    {
        get
        {
            var (areasA, areasB) = (Areas(a), Areas(b));
            return areasA.Count > 0 && areasB.Count > 0 && !areasA.Overlaps(areasB);
        }
    }

    /// <summary>1506号路 and 1508号路 are two roads, whatever else is alike.</summary>
    public bool OtherNumbers =>
        FineApart
        && fineA
            .Select(Numbered)
            .OfType<string>()
            .Any(x => fineB.Select(Numbered).OfType<string>().Contains(x));

    /// <summary>Two villages that the gazetteer knows are two; a name it does not know may be a nickname of one it does.</summary>
    public bool AllKnown => a.Concat(b).Where(p => p.Level >= PlaceLevel.Village).All(p => p.Known);

    /// <summary>1 where both name a place of this level, else 0.</summary>
    public int Shares(PlaceLevel level) => Shared.Any(p => p.Level == level) ? 1 : 0;

    /// <summary>1 where both name a city, or a county or district, else 0.</summary>
    public int SharesArea(bool city) => Areas(Shared, city).Count > 0 ? 1 : 0;

    private static HashSet<string> Fine(IEnumerable<PlaceMention> places) =>
        [.. places.Where(p => p.Level >= PlaceLevel.Village).Select(p => p.Canonical)];

    private static HashSet<string> Areas(IEnumerable<PlaceMention> places) =>
        [.. places.Where(p => p.Level == PlaceLevel.Area).Select(p => p.Canonical)];

    private static HashSet<string> Areas(IEnumerable<PlaceMention> places, bool city) =>
        [
            .. places
                .Where(p => p.Level == PlaceLevel.Area && p.Canonical.EndsWith('市') == city)
                .Select(p => p.Canonical),
        ];

    private static string? Numbered(string name) =>
        name.Any(char.IsAsciiDigit)
            ? string.Concat(name.Select(c => char.IsAsciiDigit(c) ? '#' : c))
                .Replace("##", "#", StringComparison.Ordinal)
            : null;
}
