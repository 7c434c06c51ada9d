using OpinionPipeline.Model;

namespace OpinionPipeline.Model.Tests;

public sealed class SeedsTests
{
    private static readonly LabelledText Real = new("路灯坏了", "三个月没有人修", "城乡建设");
    private static readonly LabelledText Seed = new("电梯困人", "请住建部门查", "城乡建设");
    private static readonly LabelledText Other = new("低保停了", "请民政部门查", "民政");

    [Fact]
    public void Beside_real_texts_seeds_of_their_labels_count_less() =>
        Assert.Equal(
            [Real, Seed with { Weight = Seeds.Weight }],
            Seeds.Beside([Real], [Seed, Other])
        );

    [Fact]
    public void A_seed_among_the_data_is_not_taken_twice() =>
        Assert.Equal(
            [Seed with { Weight = Seeds.Weight }, Real],
            Seeds.Beside([Seed, Real], [Seed])
        );

    [Fact]
    public void Seeds_alone_count_fully() =>
        Assert.Equal([Seed, Other], Seeds.Beside([Seed, Other], [Seed, Other]));

    [Fact]
    public void The_card_judges_by_real_texts_only()
    {
        var card = ClassifierTrainer
            .Train(
                Seeds.Beside(Samples.Texts, [Seed]),
                new TrainingOptions { Folds = 2 },
                Samples.Now,
                null,
                CancellationToken.None
            )
            .Card;
        Assert.Equal(1, card.SeedDocuments);
        Assert.Equal(Samples.Texts.Length, card.Reliability.Sum(b => b.Documents));
    }
}
