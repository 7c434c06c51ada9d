namespace OpinionPipeline.Model;

/// <summary>A text that has no label yet.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its body.</param>
/// <param name="Margin">How much surer the model is of its first guess than of its second, 0 to 1.</param>
public sealed record Unlabelled(string Title, string Body, double Margin);

/// <summary>
/// Which texts a person should label next, so that the model learns most: those it is least sure between (margin
/// sampling, Scheffer et al. 2001), and none that nearly repeats one before it.
/// </summary>
public static class LabellingOrder
{
    /// <summary>The indices of the texts chosen, the most worthwhile first; equal ones in the order given.</summary>
    public static IReadOnlyList<int> Choose(IReadOnlyList<Unlabelled> texts, int count)
    {
        var chosen = new List<int>();
        var near = new NearDuplicates();
        foreach (var (index, text) in texts.Index().OrderBy(t => t.Item.Margin))
        {
            if (chosen.Count == count)
                break;
            if (!near.IsRepeated(text.Title, text.Body))
                chosen.Add(index);
        }
        return chosen;
    }
}
