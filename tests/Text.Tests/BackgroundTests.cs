namespace OpinionPipeline.Text.Tests;

public sealed class BackgroundTests
{
    // Many ask about one rule, each in words of his own; one speaks of a bridge.
    private static readonly string[] Texts =
    [
        .. Enumerable
            .Range(0, 40)
            .Select(i => $"公积金提取需要什么材料{(char)('甲' + i)}号窗口说法不一"),
        .. Enumerable.Range(0, 40).Select(i => new string((char)(0x6000 + i), 30)),
        "双石桥桥面开裂无人维修",
    ];

    private static readonly TermWeights Weights = TermWeights.Build(Texts);

    [Fact]
    public void Where_many_ask_the_same_it_is_more_crowded_than_where_one_speaks()
    {
        var background = Background.Draw(Texts, Weights, seed: 1);
        Assert.True(
            Crowding(background, "提取公积金要带什么材料去窗口")
                > 2 * Crowding(background, "双石桥的桥面又裂开了")
        );
    }

    [Fact]
    public void A_copy_of_a_text_is_not_its_neighbour()
    {
        var once = Background.Draw([.. Texts[40..]], Weights, seed: 1);
        var often = Background.Draw(
            [.. Texts[40..], .. Enumerable.Repeat(Texts[^1], 30)],
            Weights,
            seed: 1
        );
        Assert.Equal(0, Crowding(often, Texts[^1]), 0.001);
        Assert.Equal(0, Crowding(once, Texts[^1]), 0.001);
    }

    [Fact]
    public void It_says_the_same_after_it_was_written_and_read()
    {
        var background = Background.Draw(Texts, Weights, seed: 1);
        using var file = new MemoryStream();
        background.Save(file);
        file.Position = 0;
        var read = Background.Load(file);
        foreach (var text in Texts)
            Assert.Equal(Crowding(background, text), Crowding(read, text));
    }

    private static float Crowding(Background background, string text) =>
        background.Crowding(SparseVector.TfIdf(text, Weights));
}
