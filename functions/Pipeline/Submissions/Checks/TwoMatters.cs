using System.Text.RegularExpressions;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Submissions.Checks;

/// <summary>一事一报: tells when a text seems to hold more than one matter, and where it could be cut.</summary>
public static partial class TwoMatters
{
    private const int ShortestPart = 15;

    /// <summary>A notice, or null for one matter.</summary>
    public static Notice? Find(string title, string body)
    {
        var parts = Parts(body);
        return parts.Count < 2
            ? null
            : new Notice(
                "two-matters",
                "这份来件似乎不止一件事，请考虑一事一报，拆分后分别办理。",
                "This seems to hold more than one matter; consider splitting it so that each is handled.",
                [.. parts.Select(p => p.Length <= 60 ? p : p[..60] + "…")]
            );
    }

    /// <summary>The matters as passages of the text, in order; one passage where there is one matter.</summary>
    public static IReadOnlyList<string> Parts(string body)
    {
        var cuts = new List<int> { 0 };
        foreach (Match start in Another().Matches(body))
            if (start.Groups[1].Index - cuts[^1] >= ShortestPart)
                cuts.Add(start.Groups[1].Index);
        if (cuts.Count == 1)
            return [body];
        var parts = cuts.Zip(cuts.Skip(1).Append(body.Length), (from, to) => body[from..to].Trim())
            .ToList();
        // A part that shares many words with the one before goes on with the same matter.
        for (var i = parts.Count - 1; i > 0; i--)
            if (parts[i].Length < ShortestPart || Alike(parts[i - 1], parts[i]))
            {
                parts[i - 1] += parts[i];
                parts.RemoveAt(i);
            }
        return parts;
    }

    private static bool Alike(string a, string b) =>
        Shingles.Containment(
            Shingles.Of(Normalization.Compact(a), 2),
            Shingles.Of(Normalization.Compact(b), 2)
        ) > 0.18;

    // Words that open another matter, at the start of a sentence.
    [GeneratedRegex(
        @"(?:^|[。！？!?；;\n])\s*((?:另外|此外|还有(?:一件事|一个问题|个事)|再(?:反映|说)一(?:件|个)|第二(?:件事|个问题)|另有一事|顺便(?:反映|问)|二是|其二)[，,、:：]?)"
    )]
    private static partial Regex Another();
}
