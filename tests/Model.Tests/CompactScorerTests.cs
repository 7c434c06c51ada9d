using OpinionPipeline.Model;

namespace OpinionPipeline.Model.Tests;

public sealed class CompactScorerTests
{
    private static readonly TextClassifier Model = Samples.Train();

    public static TheoryData<string, string> Odd =>
        [
            ("", ""),
            ("", "拖欠工资"),
            ("小区物业收费", ""),
            ("ＡＢＣ　１２３", "学 校 补 课\r\n\t"),
            ("😀路灯坏了😀", "👨‍👩‍👧 教辅收费 \uD83D"),
            ("Broken \uDE00 halves", "\u200B\uFEFF電梯困人"),
            ("nothing it knows", "zzz qqq xxx"),
            (
                new string('电', 70_000),
                string.Concat(Enumerable.Repeat("安置房延期，加班没有工资。", 9_000))
            ),
        ];

    [Theory]
    [MemberData(nameof(Odd))]
    public void The_compact_scorer_says_what_ML_NET_says(string title, string body) =>
        AssertSame(title, body);

    [Fact]
    public void They_agree_on_a_thousand_texts_made_of_pieces()
    {
        var random = new Random(5);
        for (var i = 0; i < 1000; i++)
            AssertSame(Piece(random, 20), Piece(random, 400));
    }

    [Fact]
    public void Many_at_once_are_answered_in_order_and_as_one_by_one()
    {
        var random = new Random(6);
        var texts = Enumerable
            .Range(0, 3000)
            .Select(_ => (Piece(random, 10), Piece(random, 100)))
            .ToList();
        Assert.Equal(
            texts.Select(t => Model.Predict(t.Item1, t.Item2).Confidence),
            Model.PredictAll(texts).Select(p => p.Confidence)
        );
    }

    [Fact]
    public void A_text_of_unknown_characters_is_novel_and_a_known_one_is_not()
    {
        Assert.True(Model.Predict("quantum", "entangled photons in a vacuum").IsNovel);
        Assert.False(Model.Predict(Samples.Texts[0].Title, Samples.Texts[0].Body).IsNovel);
    }

    private static void AssertSame(string title, string body)
    {
        Assert.True(Model.IsCompact);
        var compact = Model.Predict(title, body);
        var reference = Model.PredictByReference(title, body);
        Assert.Equal(reference.Label, compact.Label);
        Assert.Equal(reference.Confidence, compact.Confidence, 1e-4);
        Assert.Equal(reference.Known, compact.Known);
    }

    private static string Piece(Random random, int length)
    {
        var all = string.Concat(Samples.Texts.Select(t => t.Title + t.Body)) + "aZ9 ，。😀";
        return string.Create(
            random.Next(length),
            all,
            (span, source) =>
            {
                foreach (ref var c in span)
                    c = source[random.Next(source.Length)];
            }
        );
    }
}
