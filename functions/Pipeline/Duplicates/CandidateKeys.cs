using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Duplicates;

/// <summary>The keys under which a submission is found by those that resemble it.</summary>
public static class CandidateKeys
{
    private const int MostPlaces = 6;
    private const char Place = 'p';
    private const char Term = 't';

    /// <summary>All of them, as they stand in its fingerprint.</summary>
    public static IReadOnlyList<string> Of(MatterText text) =>
        [
            "x" + SubmissionId(text.Compact),
            .. text.Bands.Select(Band),
            .. Places(text),
            .. Terms(text),
        ];

    /// <summary>The text itself and the bands of its sketch: equal texts share all, texts at Jaccard 0.5 share at least one with probability 0.93.</summary>
    public static IReadOnlyList<string> Repetition(Fingerprint own) =>
        [.. own.Keys.Where(k => k[0] is not (Place or Term))];

    /// <summary>Its places, villages and finer, and the companies it names.</summary>
    public static IReadOnlyList<string> Places(MatterText text) =>
        [
            .. text
                .Places.Where(p => p.Level >= PlaceLevel.Village)
                .Select(p => Place + p.Canonical)
                .Distinct()
                .Take(MostPlaces),
        ];

    /// <summary>Its distinctive terms.</summary>
    public static IReadOnlyList<string> Terms(MatterText text) =>
        [.. text.Terms.Select(t => Term + t)];

    // 36 bits of a band are enough for candidates, which are compared anyway; keys are paid for in every index.
    private static string Band(ulong band, int number) =>
        $"{(char)('A' + number)}{Convert.ToBase64String(BitConverter.GetBytes(band))[..6]}";

    private static string SubmissionId(string compact) =>
        Submissions.SubmissionId.Hash(compact, 16);
}
