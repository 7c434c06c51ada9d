using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Tests.Retraining;

namespace OpinionPipeline.Pipeline.Tests.County;

/// <summary>What becomes of labels, rules and models when an administrator edits the categories.</summary>
public sealed class CountyCategoriesTests : AtTheCountyDesk
{
    [Fact]
    public async Task A_new_name_is_set_down_as_a_change_and_the_model_goes_on_under_it()
    {
        var submission = await workshop.SubmissionAsync(
            await workshop.SaidAsync("路灯坏了", "01", workshop.Time.GetUtcNow(), Token),
            Token
        );
        var classifier = new Pipeline.Classification.Classifier(
            workshop.Current.Value.Model,
            "m0001",
            clerk.County,
            clerk.Parts.Changes
        );
        Assert.Equal("01", Judged());

        var edit = await clerk.EditAsync(
            CountySheets.Taxonomy,
            EditKind.Change,
            "01",
            ("name", "城乡建设管理")
        );
        var trial = (await clerk.Desk.TryAsync(edit, Token)).Value;
        Assert.Equal(3, trial.Lines.Count);
        Assert.Empty(trial.Categories!.ModelsAffected);
        await clerk.SaveAsync(edit);

        var change = Assert.Single(clerk.Parts.Changes.Changes);
        Assert.Equal(("01", "城乡建设"), (change.Code, change.Name));
        Assert.Equal(CategoryChangeKind.Rename, change.Kind);
        Assert.Equal(LocalTime.DayOf(workshop.Time.GetUtcNow()), change.On);
        // The same classifier, which knows the old name only.
        Assert.Equal("01", Judged());

        // Taken back, there is no change left.
        await clerk.Desk.TakeBackAsync(1, "admin", Token);
        Assert.Empty(clerk.Parts.Changes.Changes);
        Assert.Equal("01", Judged());

        string? Judged() => classifier.Judge(submission with { ModelVersion = null }).Category;
    }

    [Fact]
    public async Task A_merger_takes_the_rules_along_and_says_what_moves()
    {
        var day = workshop.Time.GetUtcNow().AddDays(-10);
        await workshop.LabelledAsync("路灯坏了", "0101", day, Token);
        var edit = await clerk.EditAsync(CountySheets.Taxonomy, EditKind.Become, "0101") with
        {
            To = ["0105"],
            Note = "并入",
        };
        var trial = (await clerk.Desk.TryAsync(edit, Token)).Value;
        Assert.Single(trial.Categories!.ToRewrite);
        Assert.Equal(
            ["category-changes.csv", "recurrence.csv", "routing.csv", "taxonomy.csv"],
            trial.Lines.Select(l => l.File).Distinct().Order()
        );
        Assert.Contains(trial.Routing!.Rules, r => r.Category == "0101" && r.After is null);

        Assert.True((await clerk.SaveAsync(edit)).IsOk);
        Assert.Null(clerk.County.Category("0101"));
        Assert.Null(clerk.County.Category("010101"));
        Assert.Equal("0105", clerk.Parts.Changes.Today("0101", day));
        Assert.Single((await clerk.Taxonomy.PlanAsync(Token)).ToRewrite);
    }

    [Fact]
    public async Task A_split_sends_its_submissions_back_to_review()
    {
        var day = workshop.Time.GetUtcNow().AddDays(-10);
        await workshop.LabelledAsync("路灯坏了", "01", day, Token);
        var edit = await clerk.EditAsync(CountySheets.Taxonomy, EditKind.Become, "01") with
        {
            To = ["01", "02"],
        };
        var trial = (await clerk.Desk.TryAsync(edit, Token)).Value;
        Assert.Single(trial.Categories!.ToReview);
        Assert.True((await clerk.SaveAsync(edit)).IsOk);
        // It is one of those that it became.
        Assert.NotNull(clerk.County.Category("01"));
    }

    [Fact]
    public async Task A_merger_into_nothing_known_is_refused()
    {
        var edit = await clerk.EditAsync(CountySheets.Taxonomy, EditKind.Become, "02");
        Assert.Equal("to", Assert.Single((await clerk.SaveAsync(edit)).Rejections).Field);
        var refused = await clerk.SaveAsync(edit with { To = ["99"] });
        Assert.NotEmpty(refused.Rejections);
        Assert.NotNull(clerk.County.Category("02"));
    }

    [Fact]
    public async Task A_category_with_labels_cannot_simply_be_taken_away()
    {
        await workshop.LabelledAsync("路灯坏了", "0107", workshop.Time.GetUtcNow(), Token);
        var below = clerk.County.Categories.Where(c => c.Parent == "0107").ToList();
        Assert.NotEmpty(below);
        foreach (var c in below)
            Assert.True(
                (await clerk.SaveAsync(CountySheets.Taxonomy, EditKind.Remove, c.Code)).IsOk
            );
        var refused = await clerk.SaveAsync(CountySheets.Taxonomy, EditKind.Remove, "0107");
        Assert.Contains("1 labels", Assert.Single(refused.Rejections).En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_above_others_cannot_be_taken_away()
    {
        var refused = await clerk.SaveAsync(CountySheets.Taxonomy, EditKind.Remove, "02");
        Assert.NotEmpty(refused.Rejections);
        Assert.Contains(
            "has no category 02 above it",
            refused.Rejections[0].En,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Level_and_parent_follow_from_the_code()
    {
        await clerk.SaveAsync(
            CountySheets.Taxonomy,
            EditKind.Add,
            null,
            ("code", "0199"),
            ("name", "新类"),
            ("level", "7")
        );
        Assert.Equal(new Category("0199", 2, "01", "新类", "新类"), clerk.County.Category("0199"));
    }

    [Fact]
    public async Task A_new_name_in_a_whole_file_is_set_down_too()
    {
        var (_, text) = await clerk.Desk.TextAsync(CountySheets.Taxonomy, Token);
        var saved = await clerk.SaveAsync(
            new(CountySheets.Taxonomy.File, null, EditKind.Whole)
            {
                Text = text.Replace(",城乡建设,", ",建设,", StringComparison.Ordinal)
                    .Replace(
                        "0101,2,01,安全生产,",
                        "0101,2,01,生产安全,",
                        StringComparison.Ordinal
                    ),
            }
        );
        Assert.Equal(2, saved.Value.Changes.Count);
        Assert.Equal(["01", "0101"], clerk.Parts.Changes.Changes.Select(c => c.Code));
    }

    [Fact]
    public async Task A_merged_category_cannot_come_back_beside_what_it_was_merged_into()
    {
        var merger = await clerk.EditAsync(CountySheets.Taxonomy, EditKind.Become, "0107") with
        {
            To = ["0106"],
        };
        Assert.True((await clerk.SaveAsync(merger)).IsOk);
        var refused = await clerk.SaveAsync(
            CountySheets.Taxonomy,
            EditKind.Add,
            null,
            ("code", "0107"),
            ("name", "又来了")
        );
        Assert.Contains(
            "code '0107' was merged into 0106 and is still in taxonomy.csv.",
            Assert.Single(refused.Rejections).En,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_category_may_be_named_anew_twice_on_one_day()
    {
        foreach (var name in new[] { "城乡建社", "城乡建设管理", "城乡建设" })
            Assert.True(
                (
                    await clerk.SaveAsync(
                        CountySheets.Taxonomy,
                        EditKind.Change,
                        "01",
                        ("name", name)
                    )
                ).IsOk
            );
        Assert.Equal("城乡建设", Assert.Single(clerk.Parts.Changes.Changes).Name);
        Assert.Equal("01", clerk.Parts.Changes.Today("城乡建设", workshop.Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_finer_category_that_is_called_as_a_first_level_one_takes_nothing_from_it()
    {
        var named = clerk.County.Category("0107")!.Name;
        foreach (var name in new[] { "民政", named })
            await clerk.SaveAsync(CountySheets.Taxonomy, EditKind.Change, "0107", ("name", name));
        workshop.Time.Advance(TimeSpan.FromDays(2));
        await clerk.SaveAsync(CountySheets.Taxonomy, EditKind.Change, "0107", ("name", "民政"));
        workshop.Time.Advance(TimeSpan.FromDays(2));
        await clerk.SaveAsync(CountySheets.Taxonomy, EditKind.Change, "0107", ("name", named));
        var before = workshop.Time.GetUtcNow().AddDays(-30);
        Assert.Equal(
            clerk.County.CategoryNamed("民政")!.Code,
            clerk.Parts.Changes.Today("民政", before)
        );
    }
}
