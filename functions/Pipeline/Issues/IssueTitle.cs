using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>An issue's title is quoted: the member's that shares most with the other members' titles.</summary>
public static class IssueTitle
{
    private const int MostCompared = 40;

    /// <summary>The most central title; of equals, the earlier said.</summary>
    public static string Choose(IReadOnlyList<string> titles)
    {
        var titled = titles.Where(t => t.Length > 0).Take(MostCompared).ToList();
        if (titled.Count == 0)
            return "";
        if (titled.Count < 3)
            return titled[0];
        var grams = titled.Select(t => Shingles.Of(Normalization.Compact(t), 2)).ToList();
        var best = 0;
        var bestScore = double.MinValue;
        for (var i = 0; i < titled.Count; i++)
        {
            var score = 0.0;
            for (var j = 0; j < titled.Count; j++)
                if (i != j)
                    score += Shingles.Jaccard(grams[i], grams[j]);
            if (score > bestScore + 1e-9)
                (best, bestScore) = (i, score);
        }
        return titled[best];
    }
}
