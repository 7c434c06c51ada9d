namespace OpinionPipeline.Trainer.Grouping;

/// <summary>Precision, recall and their harmonic mean, 0 to 1.</summary>
public sealed record Measure(double Precision, double Recall)
{
    /// <summary>The harmonic mean.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    public override string ToString() =>
        $"precision {Precision:0.000}, recall {Recall:0.000}, F1 {F1:0.000}";
}

/// <summary>
/// How well groups agree with the true ones: pair by pair, and B-cubed (Bagga and Baldwin 1998), where each item counts the
/// share of its group that belongs with it, and the share of what belongs with it that is in its group.
/// </summary>
public static class Agreement
{
    /// <summary>Compares; <paramref name="items"/> has each item's group and its true group.</summary>
    public static (Measure Pairs, Measure BCubed) Of<TGroup, TTruth>(
        IReadOnlyCollection<(TGroup Group, TTruth Truth)> items
    )
        where TGroup : notnull
        where TTruth : notnull
    {
        var cells = items.CountBy(i => i).ToDictionary();
        var groups = items.CountBy(i => i.Group).ToDictionary();
        var truths = items.CountBy(i => i.Truth).ToDictionary();
        double Pairs(IEnumerable<int> sizes) => sizes.Sum(n => (double)n * (n - 1) / 2);
        var together = Pairs(cells.Values);
        double Mean(Func<(TGroup Group, TTruth Truth), int> size) =>
            cells.Sum(c => (double)c.Value * c.Value / size(c.Key)) / items.Count;
        return (
            new(Share(together, Pairs(groups.Values)), Share(together, Pairs(truths.Values))),
            new(Mean(c => groups[c.Group]), Mean(c => truths[c.Truth]))
        );
    }

    private static double Share(double part, double whole) => whole == 0 ? 1 : part / whole;
}
