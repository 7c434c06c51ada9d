using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>How alike two texts are as matters, and why.</summary>
/// <param name="Matter">Likeness as one matter, 0 to 1: words and places.</param>
/// <param name="Problem">Likeness of the problem alone, places left out, 0 to 1.</param>
/// <param name="SharedPlaces">Places both name, townships and finer.</param>
/// <param name="Elsewhere">True where both name places and these are surely different ones.</param>
public sealed record Similarity(
    double Matter,
    double Problem,
    IReadOnlyList<string> SharedPlaces,
    bool Elsewhere
);

/// <summary>Compares matters. Pure: the same two texts always give the same answer.</summary>
public static class MatterSimilarity
{
    /// <summary>From here on two texts are taken to be the same matter. Chosen on the samples' truth file, see docs.</summary>
    public const double SameMatter = 0.26;

    /// <summary>From here on two matters at different places are of one kind.</summary>
    public const double SameKind = 0.30;

    // The same bridge is a stronger sign than the same village.
    private const double SharedSite = 0.23;
    private const double SharedVillage = 0.16;
    private const double OtherPlace = -0.12;

    /// <summary>Compares two texts.</summary>
    public static Similarity Compare(MatterText a, MatterText b)
    {
        // Places are left out of the words: they count on their own, once.
        var problem = a.Problem.Cosine(b.Problem);
        var title = a.Title.IsEmpty || b.Title.IsEmpty ? problem : a.Title.Cosine(b.Title);

        var shared = a
            .Places.IntersectBy(b.Places.Select(p => p.Canonical), p => p.Canonical)
            .ToList();
        var fineA = Fine(a.Places);
        var fineB = Fine(b.Places);
        var apart = fineA.Count > 0 && fineB.Count > 0 && !fineA.Overlaps(fineB);
        var elsewhere = apart && (AllKnown(a.Places, b.Places) || Numbered(fineA, fineB));
        var place =
            shared.Exists(p => p.Level == PlaceLevel.Site) ? SharedSite
            : shared.Exists(p => p.Level == PlaceLevel.Village) ? SharedVillage
            : apart ? OtherPlace
            : 0;
        // A title that says nothing in common must not hide a text that does.
        var matter = Math.Max(problem, (problem + title) / 2) + place;
        return new(
            elsewhere ? 0 : Math.Clamp(matter, 0, 1),
            problem,
            [.. shared.Select(p => p.Canonical).Distinct()],
            apart
        );
    }

    private static HashSet<string> Fine(IReadOnlyList<PlaceMention> places) =>
        [.. places.Where(p => p.Level >= PlaceLevel.Village).Select(p => p.Canonical)];

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
