using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>How alike two texts are as matters, and why.</summary>
/// <param name="Matter">Likelihood that both speak of one matter, 0 to 1.</param>
/// <param name="Kind">The same by the problem alone, places left out, 0 to 1.</param>
/// <param name="SharedPlaces">Places both name, townships and finer.</param>
/// <param name="Elsewhere">True where both name places and these are different ones.</param>
public sealed record Similarity(
    double Matter,
    double Kind,
    IReadOnlyList<string> SharedPlaces,
    bool Elsewhere
);

/// <summary>Compares matters. Pure: the same two texts always give the same answer.</summary>
public static class MatterSimilarity
{
    /// <summary>From here on two texts are taken to be the same matter.</summary>
    public const double SameMatter = 0.5;

    /// <summary>From here on two matters at different places are of one kind.</summary>
    public const double SameKind = 0.15;

    // The weights of a logistic regression on the pairs of the samples' truth file, those of places then lowered by
    // hand: in a small county a shared place says nearly all, in a large one an estate has many matters.
    private const double Intercept = -5.6;
    private const double ProblemWeight = 10.6;
    private const double TitleWeight = 3.9;
    private const double CrossWeight = 11.4;
    private const double SameCategory = 1.3;

    // The same bridge is a stronger sign than the same village.
    private const double SharedSite = 4.8;
    private const double SharedVillage = 3.6;
    private const double SharedTownship = 2.6;
    private const double NoSharedPlace = -1.2;
    private const double OtherPlace = -2.0;
    private const double OtherArea = -4.0;

    // Nearly the same words about another place are a letter that goes round, not one matter told twice.
    private const double SameWords = 0.8;

    // 红星村到前进村: two places in common name one road.
    private const double SharedSecond = 1.2;

    /// <summary>Compares two texts; whether they are of one category is the classifier's word.</summary>
    public static Similarity Compare(MatterText a, MatterText b, bool sameCategory)
    {
        // Places are left out of the words: they count on their own, once.
        var problem = a.Problem.Cosine(b.Problem);
        var title = a.Title.Cosine(b.Title);
        // What one has for a title, the other may tell in its text.
        var cross = Math.Max(a.Title.Cosine(b.Problem), b.Title.Cosine(a.Problem));

        var shared = a
            .Places.IntersectBy(b.Places.Select(p => p.Canonical), p => p.Canonical)
            .DistinctBy(p => p.Canonical)
            .ToList();
        var fineA = Fine(a.Places);
        var fineB = Fine(b.Places);
        var apart = fineA.Count > 0 && fineB.Count > 0 && !fineA.Overlaps(fineB);
        var surely =
            apart
            && (AllKnown(a.Places, b.Places) || Numbered(fineA, fineB) || problem >= SameWords);
        var place =
            shared.Exists(p => p.Level == PlaceLevel.Site) ? SharedSite
            : shared.Exists(p => p.Level == PlaceLevel.Village) ? SharedVillage
            : apart ? OtherPlace
            : shared.Exists(p => p.Level == PlaceLevel.Township) ? SharedTownship
            : NoSharedPlace;
        if (shared.Count(p => p.Level >= PlaceLevel.Village) > 1)
            place += SharedSecond;
        // 县二中 of one county is not 县二中 of another.
        if (OtherAreas(a.Places, b.Places))
            (place, apart) = (OtherArea, true);
        var words =
            Intercept
            + ProblemWeight * problem
            + TitleWeight * title
            + CrossWeight * cross
            + (sameCategory ? SameCategory : 0);
        return new(
            surely ? 0 : Logistic(words + place),
            Logistic(words),
            [.. shared.Select(p => p.Canonical)],
            apart
        );
    }

    private static double Logistic(double sum) => 1 / (1 + Math.Exp(-sum));

    private static HashSet<string> Fine(IReadOnlyList<PlaceMention> places) =>
        [.. places.Where(p => p.Level >= PlaceLevel.Village).Select(p => p.Canonical)];

    // Both name counties, or both name only cities, and none in common.
    private static bool OtherAreas(IReadOnlyList<PlaceMention> a, IReadOnlyList<PlaceMention> b)
    {
        var (countiesA, countiesB) = (Areas(a, city: false), Areas(b, city: false));
        if (countiesA.Count > 0 && countiesB.Count > 0)
            return !countiesA.Overlaps(countiesB);
        var (citiesA, citiesB) = (Areas(a, city: true), Areas(b, city: true));
        return citiesA.Count > 0 && citiesB.Count > 0 && !citiesA.Overlaps(citiesB);
    }

    private static HashSet<string> Areas(IReadOnlyList<PlaceMention> places, bool city) =>
        [
            .. places
                .Where(p => p.Level == PlaceLevel.Area && p.Canonical.EndsWith('市') == city)
                .Select(p => p.Canonical),
        ];

    // Two villages that the gazetteer knows are two; a name it does not know may be a nickname of one it does.
    private static bool AllKnown(IReadOnlyList<PlaceMention> a, IReadOnlyList<PlaceMention> b) =>
        a.Concat(b).Where(p => p.Level >= PlaceLevel.Village).All(p => p.Known);

    // 1506号路 and 1508号路 are two roads, whatever else is alike.
    private static bool Numbered(HashSet<string> a, HashSet<string> b) =>
        a.Select(Digits).OfType<string>().Any(x => b.Select(Digits).OfType<string>().Contains(x));

    private static string? Digits(string name) =>
        name.Any(char.IsAsciiDigit)
            ? string.Concat(name.Select(c => char.IsAsciiDigit(c) ? '#' : c))
                .Replace("##", "#", StringComparison.Ordinal)
            : null;
}
