using OpinionPipeline.Pipeline.Retraining;

namespace OpinionPipeline.Pipeline.Tests.Retraining;

public sealed class HoldoutTests
{
    private static readonly List<string> Texts =
    [
        .. Enumerable.Range(0, 400).Select(seed => Text(seed, 40)),
    ];

    private static string Text(int seed, int length)
    {
        var random = new Random(seed);
        return string.Concat(
            Enumerable.Range(0, length).Select(_ => (char)random.Next(0x4E00, 0x9000))
        );
    }

    private static List<Side> Sides(IEnumerable<string> texts)
    {
        var holdout = new Holdout(5);
        return [.. texts.Select(t => holdout.Add("", t))];
    }

    [Fact]
    public void About_a_fifth_is_held_out() =>
        Assert.InRange(Sides(Texts).Count(s => s == Side.Holdout), 50, 110);

    [Fact]
    public void What_comes_later_moves_nothing()
    {
        var early = Sides(Texts.Take(100));
        Assert.Equal(early, Sides(Texts).Take(100));
    }

    [Fact]
    public void A_near_duplicate_follows_its_first_and_one_of_both_sides_is_left_out()
    {
        // The two share too little to repeat each other, and a third shares enough with both.
        var shared = Text(1000, 20);
        var ends = Enumerable.Range(2000, 50).Select(seed => Text(seed, 12)).ToList();
        var trained = ends.Find(e => Sides([shared + e])[0] == Side.Training)!;
        var held = ends.Find(e => Sides([shared + e])[0] == Side.Holdout)!;
        Assert.Equal(
            [Side.Training, Side.Holdout, Side.Training, Side.Holdout, Side.Between],
            Sides([
                shared + trained,
                shared + held,
                trained + shared + trained,
                held + shared + held,
                shared + trained[..6] + held[..6],
            ])
        );
    }

    [Fact]
    public void What_repeats_a_text_of_the_seeds_is_never_held_out()
    {
        var held = Texts[Sides(Texts).IndexOf(Side.Holdout)];
        var holdout = new Holdout(5);
        holdout.AddSeed("", held);
        Assert.Equal(Side.Training, holdout.Add("", held + "谢谢"));
    }

    [Fact]
    public void A_leak_is_found_and_the_drawn_line_has_none()
    {
        var sides = Sides(Texts);
        var training = Texts.Where((_, i) => sides[i] == Side.Training).Select(t => ("", t));
        var held = Texts.Where((_, i) => sides[i] == Side.Holdout).Select(t => ("", t)).ToList();
        Assert.Null(Holdout.Leak(training, held));
        Assert.Equal(
            held.Count,
            Holdout.Leak(training, [.. held, ("", Texts[sides.IndexOf(Side.Training)] + "急")])
        );
    }
}
