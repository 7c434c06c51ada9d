using OpinionPipeline.Trainer.Grouping;

namespace OpinionPipeline.Model.Tests;

public sealed class AgreementTests
{
    [Fact]
    public void Two_of_three_together_and_a_stranger_with_the_third()
    {
        // Groups {a, b}, {c, x}; truly {a, b, c}, {x}.
        var (pairs, members) = Agreement.Of([(1, 'm'), (1, 'm'), (2, 'm'), (2, 'n')]);
        Assert.Equal((0.5, 1.0 / 3), (pairs.Precision, pairs.Recall), Near);
        Assert.Equal(
            ((1 + 1 + 0.5 + 0.5) / 4, (2.0 / 3 + 2.0 / 3 + 1.0 / 3 + 1) / 4),
            (members.Precision, members.Recall),
            Near
        );
    }

    [Fact]
    public void What_agrees_is_whole()
    {
        var (pairs, members) = Agreement.Of([(1, 'm'), (1, 'm'), (2, 'n')]);
        Assert.Equal((1, 1), (pairs.F1, members.F1));
    }

    private static bool Near((double, double) a, (double, double) b) =>
        Math.Abs(a.Item1 - b.Item1) < 1e-9 && Math.Abs(a.Item2 - b.Item2) < 1e-9;
}
