using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Retraining;

namespace OpinionPipeline.Pipeline.Tests.Retraining;

public sealed class TrainingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_category_with_one_example_is_learnt_and_named_and_fails_nothing()
    {
        await using var workshop = await Workshop.OpenAsync(
            Token,
            Workshop.Corpus + "低保取消,老人的低保取消了,民政\n"
        );
        var id = (await workshop.Desk.StartAsync("trainer", Token)).Value.Id;
        Assert.Equal(StepOutcome.Done, await workshop.Step.RunAsync(id, Token));
        var version = await workshop.VersionAsync(id, Token);
        Assert.Equal(ModelStatus.Ready, version.Status);
        Assert.Equal(["民政"], version.Data!.Single);
        Assert.Contains("民政", version.Card!.Labels);
    }

    [Fact]
    public async Task What_was_said_teaches_the_language_without_a_label()
    {
        await using var workshop = await Workshop.OpenAsync(Token);
        foreach (var place in "东西南北")
            await workshop.SaidAsync(
                $"{place}渠闸门漏水",
                "01",
                workshop.Time.GetUtcNow().AddDays(-40),
                Token
            );
        var before = workshop.Current.Value.Model.Language.Weights;
        var id = (await workshop.Desk.StartAsync("trainer", Token)).Value.Id;
        await workshop.Step.RunAsync(id, Token);
        var after = (await workshop.Shelf.LoadAsync(id, Token)).Language.Weights;
        Assert.Equal(before.Idf("蟠龙"), before.Idf("闸门"));
        Assert.True(after.Idf("闸门") < after.Idf("蟠龙"));
    }

    [Fact]
    public async Task Of_two_who_ask_at_the_same_moment_one_is_refused()
    {
        await using var workshop = await Workshop.OpenAsync(Token);
        var asked = await Task.WhenAll(
            Task.Run(() => workshop.Desk.StartAsync("one", Token), Token),
            Task.Run(() => workshop.Desk.StartAsync("two", Token), Token)
        );
        Assert.Single(asked, a => a.IsOk);
        var refused = Assert.Single(asked, a => !a.IsOk);
        Assert.Equal("training.underWay", refused.Rejections[0].Code);
    }

    [Fact]
    public async Task A_training_that_fell_silent_is_taken_over_and_one_at_work_is_left_alone()
    {
        await using var workshop = await Workshop.OpenAsync(Token);
        var id = await BrokenOffAsync(workshop, attempts: 1);
        Assert.Equal(StepOutcome.Later, await workshop.Step.RunAsync(id, Token));
        Assert.Equal(0, await workshop.Step.SweepAsync(TimeSpan.FromMinutes(2), Token));
        workshop.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await workshop.Step.SweepAsync(TimeSpan.FromMinutes(2), Token));
        Assert.Equal(StepOutcome.Done, await workshop.Step.RunAsync(id, Token));
        var version = await workshop.VersionAsync(id, Token);
        Assert.Equal((ModelStatus.Ready, 2), (version.Status, version.Attempts));
        // Its message once more does nothing.
        Assert.Equal(StepOutcome.Done, await workshop.Step.RunAsync(id, Token));
        Assert.Equal(2, (await workshop.VersionAsync(id, Token)).Attempts);
    }

    [Fact]
    public async Task What_was_broken_off_three_times_has_failed_and_makes_room_for_the_next()
    {
        await using var workshop = await Workshop.OpenAsync(Token);
        var id = await BrokenOffAsync(workshop, attempts: 3);
        workshop.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(StepOutcome.Done, await workshop.Step.RunAsync(id, Token));
        Assert.Equal(ModelStatus.Failed, (await workshop.VersionAsync(id, Token)).Status);
        Assert.True((await workshop.Desk.StartAsync("trainer", Token)).IsOk);
    }

    [Fact]
    public async Task A_training_that_cannot_be_says_why()
    {
        await using var workshop = await Workshop.OpenAsync(
            Token,
            "title,body,label\n路灯,路灯坏了,城乡建设\n电梯,电梯停了,城乡建设\n"
        );
        var id = (await workshop.Desk.StartAsync("trainer", Token)).Value.Id;
        await workshop.Step.RunAsync(id, Token);
        var version = await workshop.VersionAsync(id, Token);
        Assert.Equal(ModelStatus.Failed, version.Status);
        Assert.Contains("two labels", version.Failure!.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_held_out_is_not_trained_on_and_an_even_vote_is_left_out()
    {
        await using var workshop = await Workshop.OpenAsync(Token);
        var now = workshop.Time.GetUtcNow();
        for (var i = 0; i < 40; i++)
            await workshop.LabelledAsync(Body(i), "04", now.AddMinutes(i), Token);
        var disputed = await workshop.LabelledAsync(Body(100), "04", now, Token);
        await workshop.Store.WriteAsync(
            Containers.Labels.Put(
                new Label
                {
                    Id = disputed + "~B",
                    SubmissionId = disputed,
                    Category = "06",
                    By = "other",
                    At = now,
                    FirstAt = now,
                    Source = LabelSource.Correction,
                }
            ),
            Token
        );
        var set = await workshop.Texts.CollectAsync(Token);
        Assert.Equal(1, set.Counts.Disputed);
        Assert.Equal(40, set.TrainedOn.Count + set.HeldOut.Count);
        Assert.NotEmpty(set.HeldOut);
        Assert.Empty(set.HeldOut.Select(h => h.Id).Intersect(set.TrainedOn));
        // Labels that come later leave the holdout as it is, and add to it.
        for (var i = 40; i < 80; i++)
            await workshop.LabelledAsync(Body(i), "06", now.AddMinutes(i), Token);
        var later = await workshop.Texts.CollectAsync(Token);
        Assert.Equal(
            set.HeldOut.Select(h => h.Id),
            later.HeldOut.Take(set.HeldOut.Count).Select(h => h.Id)
        );
        Assert.Empty(set.TrainedOn.Except(later.TrainedOn));
    }

    [Fact]
    public async Task A_promotion_reaches_another_process_within_half_a_minute()
    {
        await using var workshop = await Workshop.OpenAsync(Token);
        var id = (await workshop.Desk.StartAsync("trainer", Token)).Value.Id;
        await workshop.Step.RunAsync(id, Token);
        var elsewhere = new CurrentClassifier(workshop.Current.Value);
        var watch = workshop.Watch(elsewhere);
        Assert.True((await workshop.Desk.PromoteAsync(id, force: true, "admin", Token)).IsOk);
        Assert.Equal(id, workshop.Current.Value.Version);
        await watch.RefreshAsync(Token);
        Assert.Equal("m0001", elsewhere.Value.Version);
        workshop.Time.Advance(TimeSpan.FromSeconds(30));
        await watch.RefreshAsync(Token);
        Assert.Equal(id, elsewhere.Value.Version);
    }

    [Fact]
    public async Task Old_files_go_and_the_one_in_force_and_the_one_before_it_stay()
    {
        await using var workshop = await Workshop.OpenAsync(Token);
        var model = workshop.Current.Value.Model;
        for (var i = 2; i <= 8; i++)
            await workshop.Shelf.SaveAsync(ModelShelf.Name(i), model, [], Token);
        await workshop.Shelf.PromoteAsync("m0003", Token);
        Assert.Equal(3, await workshop.Shelf.RetainAsync(newest: 3, Token));
        foreach (var kept in new[] { "m0001", "m0003", "m0006", "m0007", "m0008" })
            Assert.True(await workshop.Shelf.HasAsync(kept, Token), kept);
        Assert.False(await workshop.Shelf.HasAsync("m0002", Token));
        Assert.Equal("m0001", await workshop.Shelf.RollBackAsync(Token));
    }

    [Fact]
    public async Task Who_labels_more_finely_teaches_the_second_level_and_who_does_not_the_first_alone()
    {
        var changes = new CategoryChange("0105", "路灯", ["0102"], new(2027, 1, 1), "");
        await using var workshop = await Workshop.OpenAsync(Token, null, changes);
        var now = workshop.Time.GetUtcNow();
        for (var i = 0; i < 20; i++)
            await workshop.LabelledAsync(
                Body(i),
                    // The last ones in the words of last year.
                    i < 10
                        ? "0101"
                    : i < 15 ? "010203"
                    : "0105",
                i < 15 ? now : now.AddYears(-1),
                Token
            );
        var set = await workshop.Texts.CollectAsync(Token);
        var own = set.Training.Skip(set.Counts.Corpus).ToList();
        Assert.All(own, t => Assert.Equal("城乡建设", t.Label));
        Assert.Equal(["安全生产", "市政管理"], own.Select(t => t.Second).Distinct().Order());
        Assert.All(set.Training.Take(set.Counts.Corpus), t => Assert.Null(t.Second));

        var id = (await workshop.Desk.StartAsync("trainer", Token)).Value.Id;
        Assert.Equal(StepOutcome.Done, await workshop.Step.RunAsync(id, Token));
        var card = Assert.Single((await workshop.VersionAsync(id, Token)).Card!.Finer);
        Assert.Equal(("城乡建设", own.Count), (card.Label, card.Documents));
    }

    [Fact]
    public async Task A_split_sends_its_labelled_submissions_back_to_review_once_it_is_applied()
    {
        await using var workshop = await Workshop.OpenAsync(
            Token,
            null,
            new CategoryChange("01", "城乡建设", ["01", "16"], new(2027, 1, 1), ""),
            new CategoryChange("07", "商贸旅游", ["06"], new(2027, 1, 1), "")
        );
        var lastYear = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        var split = await workshop.LabelledAsync(Body(1), "01", lastYear, Token);
        var merged = await workshop.LabelledAsync(Body(2), "07", lastYear, Token);
        var recent = await workshop.LabelledAsync(Body(3), "01", workshop.Time.GetUtcNow(), Token);
        var review = new TaxonomyReview(
            workshop.Store,
            workshop.Queue,
            Workshop.County,
            workshop.Changes,
            workshop.Texts,
            workshop.Desk
        );
        var plan = await review.PlanAsync(Token);
        Assert.Equal([split], plan.ToReview);
        Assert.Equal([merged], plan.ToRewrite);
        Assert.Equal(["10", "16"], plan.Untaught);
        Assert.False((await workshop.SubmissionAsync(split, Token)).NeedsReview);

        await review.ApplyAsync(Token);
        Assert.True((await workshop.SubmissionAsync(split, Token)).NeedsReview);
        Assert.False((await workshop.SubmissionAsync(recent, Token)).NeedsReview);
        Assert.Equal("06", (await workshop.SubmissionAsync(merged, Token)).Category);
        Assert.Equal(1, await workshop.Queue.CountAsync(QueueNames.Submissions, Token));
        var again = await review.PlanAsync(Token);
        Assert.Empty(again.ToReview.Concat(again.ToRewrite));
    }

    private static async Task<string> BrokenOffAsync(Workshop workshop, int attempts)
    {
        var id = (await workshop.Desk.StartAsync("trainer", Token)).Value.Id;
        await workshop.Store.UpdateAsync(
            Containers.Models,
            ModelVersion.All,
            id,
            m =>
                m with
                {
                    Status = ModelStatus.Training,
                    Attempts = attempts,
                    Heartbeat = workshop.Time.GetUtcNow(),
                },
            Token
        );
        return id;
    }

    private static string Body(int seed)
    {
        var random = new Random(seed);
        return string.Concat(
            Enumerable.Range(0, 30).Select(_ => (char)random.Next(0x4E00, 0x9000))
        );
    }
}
