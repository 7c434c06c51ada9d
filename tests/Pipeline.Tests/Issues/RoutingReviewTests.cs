using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;

namespace OpinionPipeline.Pipeline.Tests.Issues;

/// <summary>A rule is tried on what came last, and nothing is changed.</summary>
public sealed class RoutingReviewTests : OverAStore
{
    private readonly RoutingReview review;

    public RoutingReviewTests()
    {
        review = new(
            new MonthPages(store, time),
            new(
                [
                    new("01", 1, null, "城乡建设", "Construction"),
                    new("0101", 2, "01", "安全生产", "Work safety"),
                    new("02", 1, null, "交通", "Transport"),
                ],
                [
                    new("O01", "住建局", "Housing"),
                    new("O02", "交通局", "Transport"),
                    new("O03", "办公室", "Office"),
                ],
                [],
                [],
                [],
                new Dictionary<string, string> { ["01"] = "O01", ["02"] = "O02" }
            )
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task IssueAsync(
        char letter,
        string month,
        string category,
        bool byPerson = false
    ) =>
        await store.WriteAsync(
            Containers.Issues.Create(
                new Issue
                {
                    Id = $"I{month}-{new string(letter, 16)}",
                    Title = $"议题 {letter}",
                    FirstSeen = time.GetUtcNow(),
                    LastSeen = time.GetUtcNow(),
                    Count = 1,
                    Category = category,
                    RoutedAt = byPerson ? time.GetUtcNow() : null,
                }
            ),
            Token
        );

    [Fact]
    public async Task A_finer_rule_moves_what_it_is_for_and_leaves_what_a_person_sent()
    {
        await IssueAsync('A', "202611", "0101");
        await IssueAsync('B', "202611", "01");
        await IssueAsync('C', "202611", "0101", byPerson: true);
        await IssueAsync('D', "202610", "0101");

        var trial = await review.TryAsync(review.Change("0101", "O02").Value, 200, Token);
        Assert.Equal([new ChangedRule("0101", null, "O02")], trial.Rules);
        Assert.Equal((4, 1, 2), (trial.Issues, trial.SentByPerson, trial.Moved));
        Assert.Equal(["议题 A", "议题 D"], trial.First.Select(i => i.Title));
        Assert.Equal([new OfficeShare("O01", 3, 1), new OfficeShare("O02", 0, 2)], trial.Offices);
        // The newest alone, where no more are asked for.
        Assert.Equal(1, (await review.TryAsync(review.Change("01", "O02").Value, 1, Token)).Issues);
    }

    [Fact]
    public async Task Without_its_rule_a_category_goes_where_all_else_goes()
    {
        await IssueAsync('A', "202611", "02");
        var trial = await review.TryAsync(review.Change("02", "").Value, 200, Token);
        Assert.Equal(("O02", "O03"), (trial.First[0].Before, trial.First[0].After));
    }

    [Fact]
    public void An_unknown_category_or_office_is_refused()
    {
        Assert.Equal("category.unknown", review.Change("09", "O01").Rejections[0].Code);
        Assert.Equal("office.unknown", review.Change("01", "O09").Rejections[0].Code);
    }
}
