using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Reports;

/// <summary>A sentence somebody said, what it does, and how much it shares with what everybody said.</summary>
public sealed record Said(string Text, string SubmissionId, string Section, double Centrality);

/// <summary>Chooses sentences by centrality: the nearer to what all say, the better; no two that say the same.</summary>
public static class Extraction
{
    private const double SaysTheSame = 0.55;
    private const int PerSubmission = 2;

    /// <summary>All sentences that speak of the matter, the most central first.</summary>
    public static IReadOnlyList<Said> Rank(
        IReadOnlyList<Submission> submissions,
        TermWeights weights
    )
    {
        var sentences = submissions
            .SelectMany(s =>
                Sentences
                    .Split(s.Body)
                    .Select(text => (text, s.Id, Section: SentenceKinds.Of(text)))
            )
            .Where(s => s.Section is not null)
            .Select(s =>
                (
                    s.text,
                    s.Id,
                    Section: s.Section!,
                    Vector: SparseVector.TfIdf(Normalization.Compact(s.text), weights)
                )
            )
            .ToList();
        var all = SparseVector.TfIdf(
            Normalization.Compact(string.Concat(submissions.Select(s => s.Title + s.Body))),
            weights
        );
        return
        [
            .. sentences
                .Select(s => new Said(s.text, s.Id, s.Section, s.Vector.Cosine(all)))
                .OrderByDescending(s => s.Centrality)
                .ThenBy(s => s.SubmissionId, StringComparer.Ordinal)
                .ThenBy(s => s.Text, StringComparer.Ordinal),
        ];
    }

    /// <summary>The best of a section: different sayings, from different people as far as there are.</summary>
    public static IReadOnlyList<Said> Best(
        IReadOnlyList<Said> ranked,
        string section,
        int most,
        int mostCharacters,
        HashSet<string> used
    )
    {
        var chosen = new List<Said>();
        var perSubmission = new Dictionary<string, int>();
        foreach (var said in ranked.Where(s => s.Section == section))
        {
            if (chosen.Count == most || mostCharacters < said.Text.Length)
                continue;
            if (
                perSubmission.GetValueOrDefault(said.SubmissionId) >= PerSubmission
                || Repeats(said, chosen)
                || !used.Add(said.Text)
            )
                continue;
            chosen.Add(said);
            mostCharacters -= said.Text.Length;
            perSubmission[said.SubmissionId] =
                perSubmission.GetValueOrDefault(said.SubmissionId) + 1;
        }
        return chosen;
    }

    private static bool Repeats(Said said, List<Said> chosen)
    {
        var shingles = Shingles.Of(Normalization.Compact(said.Text), 2);
        return chosen.Exists(c =>
            Shingles.Containment(shingles, Shingles.Of(Normalization.Compact(c.Text), 2))
            >= SaysTheSame
        );
    }
}
