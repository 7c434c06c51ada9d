using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Tests.County;

/// <summary>Back to how a file was, a step or all the way.</summary>
public sealed class CountyTakeBackTests : AtTheCountyDesk
{
    [Fact]
    public async Task A_save_is_taken_back_in_one_step_and_that_too()
    {
        await clerk.SaveAsync(CountySheets.Offices, EditKind.Change, "O01", ("name", "住建局"));
        await clerk.SaveAsync(CountySheets.Stations, EditKind.Add, null, NewStation);
        var trial = await clerk.Desk.TryTakeBackAsync(2, Token);
        Assert.False(Assert.Single(trial.Value.Lines).Added);

        // Not the newest: what came since is not taken back unseen.
        Assert.False((await clerk.Desk.TakeBackAsync(1, "admin", Token)).IsOk);
        var back = await clerk.Desk.TakeBackAsync(2, "admin", Token);
        Assert.Equal((3, 2), (back.Value.Number, back.Value.TookBack));
        Assert.Null(clerk.County.Station("T01S09"));
        Assert.Equal("住建局", clerk.County.Office("O01")!.Name);

        await clerk.Desk.TakeBackAsync(3, "admin", Token);
        Assert.NotNull(clerk.County.Station("T01S09"));
        Assert.Equal([4, 3, 2, 1], (await clerk.Desk.LastAsync(10, Token)).Select(e => e.Number));
    }

    [Fact]
    public async Task Taking_back_the_first_save_leads_to_the_files_and_not_past_what_is_in_use()
    {
        await clerk.SaveAsync(CountySheets.Stations, EditKind.Add, null, NewStation);
        var key = await KeyAsync("T01S09");
        var refused = await clerk.Desk.TakeBackAsync(1, "admin", Token);
        Assert.Equal("county.inUse", Assert.Single(refused.Rejections).Code);
        await workshop.Store.WriteAsync(
            Containers.Keys.Put(key with { RevokedAt = workshop.Time.GetUtcNow() }),
            Token
        );
        Assert.Empty((await clerk.Desk.TakeBackAsync(1, "admin", Token)).Value.Files);
        Assert.Null(clerk.County.Station("T01S09"));
    }

    [Fact]
    public async Task Another_office_takes_what_no_rule_covers_and_that_is_taken_back()
    {
        Assert.Equal("O99", clerk.County.Routing.Otherwise);
        var edit = await clerk.EditAsync(CountySheets.Offices, EditKind.Last, "O26");
        var trial = (await clerk.Desk.TryAsync(edit, Token)).Value;
        Assert.Equal("O26", trial.Otherwise);
        Assert.Empty(trial.Lines);
        Assert.NotNull(trial.Routing);
        Assert.Equal("O99", clerk.County.Routing.Otherwise);

        var saved = await clerk.SaveAsync(edit);
        Assert.Equal("O26", clerk.County.Routing.Otherwise);
        Assert.Equal(new("offices.csv", 0, 0), Assert.Single(saved.Value.Changes));
        // A new office comes before it, as before any other that has this part.
        await clerk.SaveAsync(
            CountySheets.Offices,
            EditKind.Add,
            null,
            ("code", "O98"),
            ("name", "新局")
        );
        Assert.Equal("O26", clerk.County.Routing.Otherwise);
        await clerk.Desk.TakeBackAsync(2, "admin", Token);
        await clerk.SaveAsync(CountySheets.Offices, EditKind.Last, "O99");
        Assert.Equal("O99", clerk.County.Routing.Otherwise);
    }

    [Fact]
    public async Task One_file_returns_to_what_the_product_was_started_with_and_the_others_stay()
    {
        await clerk.SaveAsync(CountySheets.Offices, EditKind.Change, "O01", ("name", "住建局"));
        await clerk.SaveAsync(CountySheets.Offices, EditKind.Last, "O26");
        await clerk.SaveAsync(CountySheets.Stations, EditKind.Add, null, NewStation);
        var edit = await clerk.EditAsync(CountySheets.Offices, EditKind.Seeds, null);
        var trial = (await clerk.Desk.TryAsync(edit, Token)).Value;
        Assert.Equal(
            ["住建局", "住房和城乡建设局"],
            trial.Lines.OrderBy(l => l.Added).Select(l => l.Line["name"])
        );
        Assert.Equal("O99", trial.Otherwise);

        var saved = (await clerk.SaveAsync(edit)).Value;
        Assert.Equal(["stations.csv"], saved.Files.Keys);
        Assert.Equal("住房和城乡建设局", clerk.County.Office("O01")!.Name);
        Assert.NotNull(clerk.County.Station("T01S09"));
        await clerk.Desk.TakeBackAsync(4, "admin", Token);
        Assert.Equal("住建局", clerk.County.Office("O01")!.Name);
        // Whoever looked before somebody else saved is told.
        Assert.Equal(
            409,
            Assert.Single((await clerk.SaveAsync(edit with { Version = "old" })).Rejections).Status
        );
    }

    [Fact]
    public async Task A_category_that_gets_its_first_name_again_is_set_down_as_a_change()
    {
        await clerk.SaveAsync(CountySheets.Taxonomy, EditKind.Change, "01", ("name", "城建"));
        workshop.Time.Advance(TimeSpan.FromDays(1));
        await clerk.SaveAsync(CountySheets.Taxonomy, EditKind.Seeds, null);
        Assert.Equal("城乡建设", clerk.County.Category("01")!.Name);
        Assert.Contains(clerk.Parts.Changes.Changes, c => c.Name == "城建");
    }

    [Fact]
    public async Task Where_a_key_needs_an_added_line_its_file_does_not_return()
    {
        await clerk.SaveAsync(CountySheets.Stations, EditKind.Add, null, NewStation);
        await KeyAsync("T01S09");
        var refused = await clerk.SaveAsync(CountySheets.Stations, EditKind.Seeds, null);
        Assert.Equal("county.inUse", Assert.Single(refused.Rejections).Code);
    }

    [Fact]
    public async Task Old_editions_let_go_of_their_texts_and_a_process_that_slept_finds_the_newest()
    {
        var late = new Clerk(workshop);
        for (var i = 1; i <= CountyDesk.KeptEditions + 2; i++)
            await clerk.SaveAsync(
                CountySheets.Offices,
                EditKind.Change,
                "O01",
                ("name", $"住建局{i}")
            );
        var all = await clerk.Desk.LastAsync(1000, Token);
        Assert.Equal(CountyDesk.KeptEditions + 2, all.Count);
        Assert.Equal(CountyDesk.KeptEditions, all.Count(e => e.Files.Count > 0));
        Assert.Equal([2, 1], all.Where(e => e.Files.Count == 0).Select(e => e.Number));
        // Who changed what and when is still told.
        Assert.Equal("offices.csv", Assert.Single(all[^1].Changes).File);
        await late.Watch.LookAsync(Token);
        Assert.Equal(clerk.County.Office("O01"), late.County.Office("O01"));
        Assert.True((await late.Desk.TakeBackAsync(all[0].Number, "admin", Token)).IsOk);
    }
}
