namespace OpinionPipeline.Model;

/// <summary>Puts invented texts beside real ones, where they help as long as they do not count as much.</summary>
public static class Seeds
{
    /// <summary>
    /// What a seed counts beside real texts: 0.3 beside 5,300 gave 0.2 to 0.3 points of macro-F1 in cross-validation, 1
    /// gave less.
    /// </summary>
    public const float Weight = 0.3f;

    /// <summary>
    /// The texts, those among them that are seeds counting less, and after them the other seeds of the same labels. Where
    /// all texts are seeds they stay as they are.
    /// </summary>
    public static IReadOnlyList<LabelledText> Beside(
        IReadOnlyList<LabelledText> texts,
        IReadOnlyList<LabelledText> seeds
    )
    {
        var invented = seeds.Select(s => (s.Title, s.Body)).ToHashSet();
        if (texts.All(t => invented.Contains((t.Title, t.Body))))
            return texts;
        var labels = texts.Select(t => t.Label).ToHashSet();
        var present = texts.Select(t => (t.Title, t.Body)).ToHashSet();
        return
        [
            .. texts.Select(t =>
                invented.Contains((t.Title, t.Body)) ? t with { Weight = Weight } : t
            ),
            .. seeds
                .Where(s => labels.Contains(s.Label) && !present.Contains((s.Title, s.Body)))
                .Select(s => s with { Weight = Weight }),
        ];
    }
}
