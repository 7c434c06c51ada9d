using OpinionPipeline.Pipeline.Retraining;

namespace OpinionPipeline.Pipeline.Tests.Retraining;

public sealed class GateTests
{
    private static readonly RetrainingOptions Options = new();

    // 300 submissions of three categories; each model is wrong on those that its rule picks.
    private static Comparison Compare(
        Func<int, bool> candidateWrong,
        Func<int, bool> inForceWrong,
        int count = 300,
        bool learntMatters = false
    )
    {
        string[] names = ["甲", "乙", "丙"];
        return Gate.Compare(
            "m0001",
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i =>
                        (
                            $"s{i}",
                            names[i % 3],
                            names[(i + (candidateWrong(i) ? 1 : 0)) % 3],
                            names[(i + (inForceWrong(i) ? 1 : 0)) % 3]
                        )
                    ),
            ],
            learntMatters,
            Options
        );
    }

    [Fact]
    public void One_that_is_clearly_better_may_be_promoted()
    {
        var comparison = Compare(i => i % 20 == 0, i => i % 5 == 0);
        Assert.True(comparison.Promotable);
        Assert.True(comparison.Test!.Low > 0 && comparison.Test.McNemar < 0.01);
        Assert.Equal(45, comparison.ChangedCount);
    }

    [Fact]
    public void Two_answers_better_of_three_hundred_are_noise() =>
        Assert.Equal(
            ["gate.notBetter"],
            Compare(i => i % 10 == 1, i => i % 10 == 1 || i is 0 or 3).Reasons.Select(r => r.Code)
        );

    [Fact]
    public void One_that_tells_matters_apart_better_need_only_be_as_good_at_the_rest()
    {
        Assert.True(Compare(i => i % 10 == 0, i => i % 10 == 1, learntMatters: true).Promotable);
        Assert.Equal(
            ["gate.notBetter"],
            Compare(i => i % 5 == 0, i => i % 10 == 0, learntMatters: true)
                .Reasons.Select(r => r.Code)
                .Where(c => c != "gate.categoryFell")
        );
    }

    [Fact]
    public void A_category_that_falls_by_more_than_the_margin_stops_one_that_is_better_in_all()
    {
        var comparison = Compare(i => i % 3 == 0 && i % 2 == 0, i => i % 3 == 1);
        Assert.Contains(
            comparison.Reasons,
            r => r.Code == "gate.categoryFell" && r.En.Contains('甲', StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Ten_submissions_prove_nothing() =>
        Assert.Contains(
            Compare(_ => false, _ => true, count: 10).Reasons,
            r => r.Code == "gate.holdoutSmall"
        );

    [Fact]
    public void A_category_with_a_single_held_out_submission_is_shown_and_stops_nobody()
    {
        var answers = Enumerable
            .Range(0, 200)
            .Select(i => ($"s{i}", i % 2 == 0 ? "甲" : "乙", i % 2 == 0 ? "甲" : "乙", "甲"))
            .Append(("rare", "丁", "甲", "丁"))
            .ToList();
        var comparison = Gate.Compare("m0001", answers, false, Options);
        Assert.DoesNotContain(comparison.Reasons, r => r.Code == "gate.categoryFell");
        var rare = Assert.Single(comparison.PerCategory, c => c.Category == "丁");
        Assert.Equal((1, 0.0, 1.0, false), (rare.Support, rare.F1, rare.F1InForce, rare.Watched));
    }

    [Fact]
    public void The_same_answers_give_the_same_interval() =>
        Assert.Equal(
            Compare(i => i % 7 == 0, i => i % 6 == 0).Test,
            Compare(i => i % 7 == 0, i => i % 6 == 0).Test
        );
}
