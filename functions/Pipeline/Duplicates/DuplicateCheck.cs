using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Duplicates;

/// <summary>
/// Whether one text is another again: equal after normalisation, nearly equal, or contained with a preface or an end.
/// A petition letter that other people sign with their own house number is no duplicate: that is support.
/// </summary>
public static class DuplicateCheck
{
    /// <summary>Jaccard index of 4-character shingles from which two texts are the same submission.</summary>
    public const double NearlyEqual = 0.5;

    /// <summary>Share of the shorter text's shingles that the longer must contain.</summary>
    public const double Contained = 0.9;

    /// <summary>Texts shorter than this, in shingles, are compared for equality only: 谢谢 is nobody's repetition.</summary>
    private const int ShortestForNear = 12;

    /// <summary>The likeness, 0 to 1, where <paramref name="later"/> repeats <paramref name="earlier"/>; else null.</summary>
    /// <param name="later">The one that may repeat.</param>
    /// <param name="earlier">The one that may be repeated.</param>
    /// <param name="otherReporter">True where they are known to be two people's.</param>
    /// <param name="places">Their places beside each other, where these have been compared already.</param>
    public static double? Score(
        MatterText later,
        MatterText earlier,
        bool otherReporter,
        PlacePair? places = null
    )
    {
        if (later.Compact == earlier.Compact)
            return otherReporter ? null : 1;
        if (
            otherReporter
            || later.Shingles.Length < ShortestForNear
            || earlier.Shingles.Length < ShortestForNear
        )
            return null;
        // The same words about another village or another road are another matter.
        if ((places ?? new(later.Named, earlier.Named)).FineApart)
            return null;
        return Likeness(later.Shingles, earlier.Shingles);
    }

    /// <summary>
    /// How alike two texts are by their shingles alone, 0 to 1, where they are nearly equal or the longer contains the
    /// shorter; else null.
    /// </summary>
    public static double? Likeness(ulong[] a, ulong[] b)
    {
        var (jaccard, contained) = Shingles.Overlap(a, b);
        return jaccard >= NearlyEqual ? jaccard
            : contained >= Contained ? contained
            : null;
    }
}
