namespace OpinionPipeline.Model.Tests;

public sealed class PairTrainerTests
{
    private static readonly string[] Names = ["words", "common place"];

    // Like words make one matter at one place, and a letter that goes round at two.
    private static readonly JudgedPair[] Pairs =
    [
        .. Enumerable
            .Range(0, 400)
            .Select(i => (Words: i % 100 / 100f, Place: i % 2))
            .Select(p => new JudgedPair([p.Words, p.Place], p.Place == 1 && p.Words > 0.5f)),
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
        var read = PairModel.Load(file, Names);
        foreach (var pair in Pairs)
            Assert.Equal(model.Probability(pair.Numbers), read.Probability(pair.Numbers));
    }

    [Fact]
    public void A_model_of_other_numbers_is_refused()
    {
        using var file = new MemoryStream();
        PairTrainer.Train(Names, Pairs).Save(file);
        file.Position = 0;
        Assert.Throws<InvalidDataException>(() => PairModel.Load(file, ["words", "place"]));
    }

    [Fact]
    public void Pairs_that_are_all_one_teach_nothing() =>
        Assert.Throws<ArgumentException>(() =>
            PairTrainer.Train(Names, [.. Pairs.Where(p => p.Same)])
        );
}
