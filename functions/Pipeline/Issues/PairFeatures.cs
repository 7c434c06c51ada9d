using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>What two texts have in common, as numbers: what the pair model judges by.</summary>
public static class PairFeatures
{
    /// <summary>What each number is, in their order.</summary>
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
    ];

    /// <summary>The numbers of a pair; the order of the two does not matter.</summary>
    public static float[] Of(MatterText a, MatterText b, bool sameCategory)
    {
        var (crossA, crossB) = (
            a.Heading.Words.Cosine(b.Whole.Words),
            b.Heading.Words.Cosine(a.Whole.Words)
        );
        var shared = a.Whole.Words.SharedRarity(b.Whole.Words);
        var inTitles = a.Heading.Words.SharedRarity(b.Heading.Words);
        var all = new PlacePair(a.Places, b.Places);
        var titles = new PlacePair(a.Places.Take(a.PlacesInTitle), b.Places.Take(b.PlacesInTitle));
        return
        [
            (float)a.Heading.Words.Cosine(b.Heading.Words),
            (float)a.Title.Words.Cosine(b.Title.Words),
            (float)a.Whole.Words.Cosine(b.Whole.Words),
            (float)a.Problem.Words.Cosine(b.Problem.Words),
            (float)Math.Max(crossA, crossB),
            (float)Math.Min(crossA, crossB),
            (float)
                Math.Max(
                    a.Title.Words.Cosine(b.Problem.Words),
                    b.Title.Words.Cosine(a.Problem.Words)
                ),
            (float)Shingles.Jaccard(a.Shingles, b.Shingles),
            (float)Shingles.Containment(a.Shingles, b.Shingles),
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
            all.Shares(PlaceLevel.Site),
            all.Shares(PlaceLevel.Village),
            all.Shares(PlaceLevel.Township),
            all.SharesArea(city: false),
            all.SharesArea(city: true),
            MathF.Log(1 + all.SharedFine),
            all.FineApart ? 1 : 0,
            all.AreasApart ? 1 : 0,
            titles.SharedFine > 0 ? 1 : 0,
            titles.SharesArea(city: false),
            titles.FineApart ? 1 : 0,
            titles.AreasApart ? 1 : 0,
            all.OtherNumbers ? 1 : 0,
            all.NoCommonArea ? 1 : 0,
            titles.NoCommonArea ? 1 : 0,
        ];
    }

    // The mean of some numbers, those missing being none.
    private static float Mean(float[] sorted, int from, int count)
    {
        var sum = 0f;
        for (var i = from; i < Math.Min(sorted.Length, from + count); i++)
            sum += sorted[i];
        return sum / count;
    }
}
