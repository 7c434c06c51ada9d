namespace OpinionPipeline.Model.Tests;

public sealed class PairTrainerTests
{
    private static readonly string[] Names = ["words", "common place"];

    // Like words make one matter at one place, and a letter that goes round at two.
    private static readonly JudgedPair[] Pairs =
    [
        .. Enumerable
            .Range(0, 400)
            .Select(i => (Words: i % 100 / 100f, Place: i % 2, Group: i))
            .Select(p => new JudgedPair(
                [p.Words, p.Place],
                p.Place == 1 && p.Words > 0.5f,
                p.Group
            )),
    ];

    [Fact]
    public void One_sign_makes_another_count()
    {
        var model = PairTrainer.Train(Names, Pairs);
        Assert.True(model.Probability([0.9f, 1]) > 0.9);
        Assert.True(model.Probability([0.9f, 0]) < 0.1);
        Assert.True(model.Probability([0.1f, 1]) < 0.1);
    }

    [Fact]
    public void The_same_pairs_give_the_same_model_also_from_its_file()
    {
        var model = PairTrainer.Train(Names, Pairs);
        using var file = new MemoryStream();
        PairTrainer.Train(Names, Pairs).Save(file);
        file.Position = 0;
        var read = PairModel.Load(file);
        foreach (var pair in Pairs)
            Assert.Equal(model.Probability(pair.Numbers), read.Probability(pair.Numbers));
    }

    [Fact]
    public void A_pair_that_counts_for_many_outweighs_them()
    {
        var corrected = Pairs.Where(p => p.Numbers[1] == 0);
        var model = PairTrainer.Train(
            Names,
            [.. Pairs, .. corrected.Select(p => p with { Same = true, Weight = 20 })]
        );
        Assert.True(model.Probability([0.9f, 0]) > 0.9);
    }

    [Fact]
    public void Judged_pairs_come_back_from_their_file_but_not_as_other_numbers()
    {
        using var file = new MemoryStream();
        JudgedPairs.Save(file, Names, Pairs);
        file.Position = 0;
        var read = JudgedPairs.Load(file, Names);
        Assert.Equal(Pairs.Select(p => (p.Same, p.Group)), read.Select(p => (p.Same, p.Group)));
        Assert.All(
            Pairs.Zip(read),
            p => Assert.Equal(p.First.Numbers[0], p.Second.Numbers[0], 1e-3)
        );
        file.Position = 0;
        Assert.Throws<InvalidDataException>(() => JudgedPairs.Load(file, ["words", "place"]));
    }

    [Fact]
    public void Pairs_that_are_all_one_teach_nothing() =>
        Assert.Throws<ArgumentException>(() =>
            PairTrainer.Train(Names, [.. Pairs.Where(p => p.Same)])
        );
}
