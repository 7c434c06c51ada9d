using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>The places that a text names, each once, by what they are.</summary>
public sealed class NamedPlaces
{
    private const int ShortestEnd = 3;

    // When they are first asked for: most texts are told apart before.
    private HashSet<string>? stems;
    private HashSet<string>? fineStems;

    public NamedPlaces(IEnumerable<PlaceMention> mentions)
    {
        All = [.. mentions.DistinctBy(p => p.Canonical)];
        var areas = All.Where(p => p.Level == PlaceLevel.Area).Select(p => p.Canonical).ToList();
        var fine = All.Where(p => p.Level is PlaceLevel.Village or PlaceLevel.Site).ToList();
        (Areas, Cities, Counties) = (
            [.. areas],
            [.. areas.Where(IsCity)],
            [.. areas.Where(a => !IsCity(a))]
        );
        AnyFine = fine.Count > 0;
        Patterns = [.. fine.Select(p => p.Canonical).Where(p => p.Any(IsNumeral)).Select(Pattern)];
        FineKnown = fine.TrueForAll(p => p.Known);
    }

    /// <summary>Each place.</summary>
    public IReadOnlyList<PlaceMention> All { get; }

    /// <summary>True where a village or finer is named; companies are written in too many ways to tell two matters apart.</summary>
    public bool AnyFine { get; }

    /// <summary>Of the villages and finer those with a number, the number left out: 1506号路 is #号路, 二中 #中.</summary>
    public HashSet<string> Patterns { get; }

    /// <summary>Cities, counties and districts.</summary>
    public HashSet<string> Areas { get; }
    public HashSet<string> Cities { get; }

    /// <summary>Counties and districts.</summary>
    public HashSet<string> Counties { get; }

    /// <summary>The townships and finer, and companies, without what their names end with (see <see cref="PlaceMention.Stem"/>).</summary>
    public HashSet<string> Stems => stems ??= Stemmed(PlaceLevel.Township);

    /// <summary>Of these the villages and finer, and companies.</summary>
    public HashSet<string> FineStems => fineStems ??= Stemmed(PlaceLevel.Village);

    /// <summary>True where the gazetteer knows every village and what is finer.</summary>
    public bool FineKnown { get; }

    /// <summary>
    /// True where this place is named: by its name, or a village or finer by one that is as good as it. How much stands before
    /// a name that no list has is never sure, 星沙松雅湖 is 松雅湖; nor whether 东方名城 is called 东方名城小区. But two that the
    /// gazetteer knows are two.
    /// </summary>
    public bool Names(PlaceMention place) =>
        All.Any(own =>
            own.Canonical == place.Canonical
            || own.Level >= PlaceLevel.Village
                && place.Level >= PlaceLevel.Village
                && !(own.Known && place.Known)
                && AsGood(Bare(own.Canonical), Bare(place.Canonical))
        );

    private HashSet<string> Stemmed(PlaceLevel coarsest) =>
        [.. All.Where(p => p.Level >= coarsest).Select(p => p.Stem).OfType<string>()];

    private static bool AsGood(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        a.Length > b.Length ? AsGood(b, a)
        : a.Length == b.Length ? a.SequenceEqual(b)
        // 大柳溪村 is not 柳溪村.
        : a.Length >= ShortestEnd && b.Length - a.Length > 1 && b.EndsWith(a);

    private static ReadOnlySpan<char> Bare(string name) =>
        name.Length > 4 && name.EndsWith("小区", StringComparison.Ordinal)
            ? name.AsSpan(..^2)
            : name;

    private static bool IsNumeral(char c) =>
        char.IsAsciiDigit(c) || PlaceFinder.Numerals.Contains(c, StringComparison.Ordinal);

    private static bool IsCity(string area) => area.EndsWith('市');

    private static string Pattern(string name) =>
        string.Concat(name.Select(c => IsNumeral(c) ? '#' : c))
            .Replace("##", "#", StringComparison.Ordinal);
}

/// <summary>The places of two texts beside each other.</summary>
public sealed class PlacePair
{
    private readonly NamedPlaces a;
    private readonly NamedPlaces b;

    // A place of one may stand under two names in the other: the order of the two texts must not matter.
    private readonly List<PlaceMention> inB;
    private readonly List<PlaceMention> inA;

    public PlacePair(NamedPlaces a, NamedPlaces b)
    {
        (this.a, this.b) = (a, b);
        inB = Common(a, b);
        inA = inB.Count == 0 ? [] : Common(b, a);
        SharedFine = Math.Min(inB.Count(IsFine), inA.Count(IsFine));
        FineApart = a.AnyFine && b.AnyFine && SharedFine == 0;
    }

    /// <summary>How many villages and finer, and companies, both name.</summary>
    public int SharedFine { get; }

    /// <summary>Both name villages or finer, and none in common, nor a company.</summary>
    public bool FineApart { get; }

    /// <summary>Both name counties, or both name only cities, and none in common: 县二中 of one county is not that of another.</summary>
    public bool AreasApart =>
        a.Counties.Count > 0 && b.Counties.Count > 0
            ? Apart(a.Counties, b.Counties)
            : Apart(a.Cities, b.Cities);

    /// <summary>Both name cities, counties or districts, and none in common; a county's city may be among the other's.</summary>
    public bool NoCommonArea => Apart(a.Areas, b.Areas);

    /// <summary>1506号路 and 1508号路 are two roads, whatever else is alike.</summary>
    public bool OtherNumbers => FineApart && a.Patterns.Overlaps(b.Patterns);

    /// <summary>Two villages that the gazetteer knows are two; a name it does not know may be a nickname of one it does.</summary>
    public bool AllKnown => a.FineKnown && b.FineKnown;

    /// <summary>1 where both name a place of this level, else 0.</summary>
    public int Shares(PlaceLevel level) =>
        inB.Any(p => p.Level == level) && inA.Any(p => p.Level == level) ? 1 : 0;

    /// <summary>1 where both name a city, or a county or district, else 0.</summary>
    public int SharesArea(bool city) =>
        (city ? a.Cities.Overlaps(b.Cities) : a.Counties.Overlaps(b.Counties)) ? 1 : 0;

    // Every county has a 一中.
    private List<PlaceMention> Common(NamedPlaces of, NamedPlaces with) =>
        [.. of.All.Where(p => with.Names(p) && !(p.IsNumberAlone && AreasApart))];

    private static bool IsFine(PlaceMention place) => place.Level >= PlaceLevel.Village;

    private static bool Apart(HashSet<string> a, HashSet<string> b) =>
        a.Count > 0 && b.Count > 0 && !a.Overlaps(b);
}
