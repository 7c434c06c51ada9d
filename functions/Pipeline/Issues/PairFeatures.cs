using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>What two texts have in common; the order of the two does not matter.</summary>
public sealed class PairFeatures(MatterText a, MatterText b, bool sameCategory)
{
    private const int TitlePiece = 4;

    private PlacePair? places;
    private double? problem;
    private double? title;
    private double? titleInProblem;
    private double? whole;
    private (double Worse, double Better)? headingInWhole;

    /// <summary>Their places beside each other.</summary>
    public PlacePair Places => places ??= new(a.Named, b.Named);

    /// <summary>How alike their words are, places left out.</summary>
    public double Problem => problem ??= a.Problem.Words.Cosine(b.Problem.Words);

    /// <summary>How alike the words of their titles are, places left out.</summary>
    public double Title => title ??= a.Title.Words.Cosine(b.Title.Words);

    /// <summary>What one has for a title, the other may tell in its text.</summary>
    public double TitleInProblem =>
        titleInProblem ??= Math.Max(
            a.Title.Words.Cosine(b.Problem.Words),
            b.Title.Words.Cosine(a.Problem.Words)
        );

    /// <summary>How alike their words are.</summary>
    public double Whole => whole ??= a.Whole.Words.Cosine(b.Whole.Words);

    /// <summary>How like the title of one is to what the other says: the less like of both, and the liker.</summary>
    public (double Worse, double Better) HeadingInWhole =>
        headingInWhole ??= InOrder(
            a.Heading.Words.Cosine(b.Whole.Words),
            b.Heading.Words.Cosine(a.Whole.Words)
        );

    /// <summary>Both titles name years, and none in common.</summary>
    public bool OtherYears =>
        a.YearsInTitle.Count > 0
        && b.YearsInTitle.Count > 0
        && !a.YearsInTitle.Overlaps(b.YearsInTitle);

    /// <summary>Whether the classifier holds them for one category.</summary>
    public bool SameCategory => sameCategory;

    /// <summary>What each of <see cref="Numbers"/> is, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "heading words",
        "title words",
        "whole words",
        "problem words",
        "heading in whole, better",
        "heading in whole, worse",
        "title in problem",
        "shingles",
        "shingles contained",
        "rarest common pair",
        "five rarest common pairs",
        "ten next",
        "rarest in both headings",
        "heading meaning",
        "title meaning",
        "whole meaning",
        "problem meaning",
        "title in problem, meaning",
        "shorter text",
        "longer text",
        "shorter title",
        "same category",
        "common organisation",
        "common site",
        "common village",
        "common township",
        "common county",
        "common city",
        "common sites and villages",
        "other sites and villages",
        "other counties or cities",
        "common place in titles",
        "common county in titles",
        "other places in titles",
        "other counties in titles",
        "other numbers",
        "no common area",
        "no common area in titles",
        "heading covered, worse",
        "heading covered, better",
        "heading's rarest covered, worse",
        "heading's rarest covered, better",
        "title covered, worse",
        "title covered, better",
        "title's rarest covered, worse",
        "title's rarest covered, better",
        "heading's rarest covered by heading, worse",
        "heading's rarest covered by heading, better",
        "whole words beyond the crowd",
        "less crowded",
        "more crowded",
        "common names",
        "rarest common name",
        "common names, of titles",
        "rarest common name, of titles",
        "common names of sites and villages",
        "rarest common name of sites and villages",
        "names of title told, worse",
        "names of title told, better",
        "title told, worse",
        "title told, better",
    ];

    /// <summary>All of it as numbers: what the pair model judges by.</summary>
    public float[] Numbers()
    {
        var shared = a.Whole.Words.SharedRarity(b.Whole.Words);
        var inTitles = a.Heading.Words.SharedRarity(b.Heading.Words);
        var titles = new PlacePair(a.NamedInTitle, b.NamedInTitle);
        var (jaccard, contained) = Shingles.Overlap(a.Shingles, b.Shingles);
        var heading = Covered(a.Heading, b.Whole, b.Heading, a.Whole);
        var title = Covered(a.Title, b.Problem, b.Title, a.Problem);
        var headings = Covered(a.Heading, b.Heading, b.Heading, a.Heading);
        var whole = (float)Whole;
        var names = CommonNames();
        var namesTold = InOrder(NamesTold(a, names), NamesTold(b, names));
        var titleTold = InOrder(TitleTold(a, b), TitleTold(b, a));
        var (crowdA, crowdB) = (a.Whole.Crowding, b.Whole.Crowding);
        return
        [
            (float)a.Heading.Words.Cosine(b.Heading.Words),
            (float)Title,
            whole,
            (float)Problem,
            (float)HeadingInWhole.Better,
            (float)HeadingInWhole.Worse,
            (float)TitleInProblem,
            (float)jaccard,
            (float)contained,
            Mean(shared, 0, 1),
            Mean(shared, 0, 5),
            Mean(shared, 5, 10),
            Mean(inTitles, 0, 1),
            (float)TermVectors.Cosine(a.Heading.Meaning, b.Heading.Meaning),
            (float)TermVectors.Cosine(a.Title.Meaning, b.Title.Meaning),
            (float)TermVectors.Cosine(a.Whole.Meaning, b.Whole.Meaning),
            (float)TermVectors.Cosine(a.Problem.Meaning, b.Problem.Meaning),
            (float)
                Math.Max(
                    TermVectors.Cosine(a.Title.Meaning, b.Problem.Meaning),
                    TermVectors.Cosine(b.Title.Meaning, a.Problem.Meaning)
                ),
            MathF.Log(1 + Math.Min(a.Whole.Length, b.Whole.Length)),
            MathF.Log(1 + Math.Max(a.Whole.Length, b.Whole.Length)),
            MathF.Log(1 + Math.Min(a.Heading.Length, b.Heading.Length)),
            sameCategory ? 1 : 0,
            Places.Shares(PlaceLevel.Organisation),
            Places.Shares(PlaceLevel.Site),
            Places.Shares(PlaceLevel.Village),
            Places.Shares(PlaceLevel.Township),
            Places.SharesArea(city: false),
            Places.SharesArea(city: true),
            MathF.Log(1 + Places.SharedFine),
            Places.FineApart ? 1 : 0,
            Places.AreasApart ? 1 : 0,
            titles.SharedFine > 0 ? 1 : 0,
            titles.SharesArea(city: false),
            titles.FineApart ? 1 : 0,
            titles.AreasApart ? 1 : 0,
            Places.OtherNumbers ? 1 : 0,
            Places.NoCommonArea ? 1 : 0,
            titles.NoCommonArea ? 1 : 0,
            heading.Worse,
            heading.Better,
            heading.RarestWorse,
            heading.RarestBetter,
            title.Worse,
            title.Better,
            title.RarestWorse,
            title.RarestBetter,
            headings.RarestWorse,
            headings.RarestBetter,
            whole - (crowdA + crowdB) / 2,
            Math.Min(crowdA, crowdB),
            Math.Max(crowdA, crowdB),
            .. CountAndRarest(names),
            .. CountAndRarest(names.Where(n => In(n, t => t.NamedInTitle.Stems))),
            .. CountAndRarest(names.Where(n => In(n, t => t.Named.FineStems))),
            (float)namesTold.Less,
            (float)namesTold.More,
            (float)titleTold.Less,
            (float)titleTold.More,
        ];
    }

    // Names of places that both write, with whatever behind: 泉塘小区, 泉塘镇 and 泉塘 alone.
    private HashSet<string> CommonNames() =>
        [.. a.Named.Stems.Where(b.Writes).Union(b.Named.Stems.Where(a.Writes))];

    private bool In(string name, Func<MatterText, HashSet<string>> names) =>
        names(a).Contains(name) || names(b).Contains(name);

    private IEnumerable<float> CountAndRarest(IEnumerable<string> names) =>
        [names.Count(), names.Select(a.Rarity).DefaultIfEmpty().Max()];

    // How many of the names in a title the other text has too, as a share; less than none where it has no names.
    private static double NamesTold(MatterText title, HashSet<string> common) =>
        title.NamedInTitle.Stems.Count == 0
            ? -1
            : title.NamedInTitle.Stems.Average(n => common.Contains(n) ? 1.0 : 0);

    // How much of a title another text has, in pieces of some characters.
    private static double TitleTold(MatterText title, MatterText by)
    {
        var pieces = title.CompactTitle.Length - TitlePiece + 1;
        var told = 0;
        for (var i = 0; i < pieces; i++)
            told +=
                by.Compact.AsSpan().IndexOf(title.CompactTitle.AsSpan(i, TitlePiece)) >= 0 ? 1 : 0;
        return pieces > 0 ? (double)told / pieces : 0;
    }

    // How much of one stands in another, and of a third in a fourth: the worse of both first; then by the rarest pairs.
    private static (float Worse, float Better, float RarestWorse, float RarestBetter) Covered(
        MatterPart a,
        MatterPart inB,
        MatterPart b,
        MatterPart inA
    )
    {
        var (ours, theirs) = (a.Words.CoveredBy(inB.Words), b.Words.CoveredBy(inA.Words));
        return (
            Math.Min(ours.All, theirs.All),
            Math.Max(ours.All, theirs.All),
            Math.Min(ours.Rarest, theirs.Rarest),
            Math.Max(ours.Rarest, theirs.Rarest)
        );
    }

    private static (double Less, double More) InOrder(double a, double b) =>
        a <= b ? (a, b) : (b, a);

    // The mean of some numbers, those missing being none.
    private static float Mean(float[] sorted, int from, int count)
    {
        var sum = 0f;
        for (var i = from; i < Math.Min(sorted.Length, from + count); i++)
            sum += sorted[i];
        return sum / count;
    }
}
