using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>Where a labelled text belongs, once for ever.</summary>
public enum Side
{
    Training,
    Holdout,

    /// <summary>Near a text on each side: it would make the holdout a test of memory.</summary>
    Between,
}

/// <summary>
/// Draws the line between what is trained on and what is held out. A text follows the earlier texts that it nearly
/// repeats; one that repeats none goes by a hash of itself. Each side follows from the texts before it alone, so what
/// comes later moves nothing: a text once held out stays so from one training to the next.
/// </summary>
/// <param name="share">One text in so many is held out.</param>
public sealed class Holdout(int share)
{
    private readonly NearDuplicates near = new();
    private readonly List<Side> sides = [];

    /// <summary>A text of the seeds: always trained on.</summary>
    public void AddSeed(string title, string body)
    {
        near.Add(title, body);
        sides.Add(Side.Training);
    }

    /// <summary>The side of the next text, in the order in which the texts were first labelled.</summary>
    public Side Add(string title, string body)
    {
        var earlier = near.Add(title, body).Select(n => sides[n]).Distinct().ToList();
        var side = earlier switch
        {
            [] => Drawn(title, body) ? Side.Holdout : Side.Training,
            [var one] => one,
            _ => Side.Between,
        };
        sides.Add(side);
        return side;
    }

    /// <summary>A held-out text that nearly repeats one trained on, by its place; null where there is none, as there must be.</summary>
    public static int? Leak(
        IEnumerable<(string Title, string Body)> training,
        IEnumerable<(string Title, string Body)> heldOut
    )
    {
        var trained = new NearDuplicates();
        var count = 0;
        foreach (var (title, body) in training)
        {
            trained.Add(title, body);
            count++;
        }
        foreach (var (i, text) in heldOut.Index())
            if (trained.Add(text.Title, text.Body).Any(n => n < count))
                return i;
        return null;
    }

    private bool Drawn(string title, string body)
    {
        var hash = 0u;
        foreach (var letter in SubmissionId.Hash(Text.Normalization.Compact(title + body), 6))
            hash = hash * 31 + letter;
        return hash % (uint)share == 0;
    }
}
