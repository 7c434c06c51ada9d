using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Accounts;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Tests.Retraining;

namespace OpinionPipeline.Pipeline.Tests.County;

/// <summary>An administrator edits the county on a page.</summary>
public sealed class CountyDeskTests : AtTheCountyDesk
{
    [Fact]
    public async Task A_new_station_counts_at_once_and_in_another_process_within_a_minute()
    {
        var other = new Clerk(workshop);
        await other.Watch.LookAsync(Token);
        var saved = await clerk.SaveAsync(CountySheets.Stations, EditKind.Add, null, NewStation);
        Assert.Equal(1, saved.Value.Number);
        // Whoever left the English name out gets the Chinese one.
        Assert.Equal("城东街道新联络站", clerk.County.Station("T01S09")!.NameEn);

        await other.Watch.RefreshAsync(Token);
        Assert.Null(other.County.Station("T01S09"));
        workshop.Time.Advance(TimeSpan.FromMinutes(1));
        await other.Watch.RefreshAsync(Token);
        Assert.NotNull(other.County.Station("T01S09"));
        // One that starts later begins with it.
        var later = new Clerk(workshop);
        await later.Watch.LookAsync(Token);
        Assert.NotNull(later.County.Station("T01S09"));
    }

    [Fact]
    public async Task What_nobody_edited_is_as_the_files_say()
    {
        await clerk.SaveAsync(CountySheets.Stations, EditKind.Add, null, NewStation);
        var (before, now) = (CountyFiles.Load(Seeds.Folder()), clerk.County);
        Assert.Equal(before.Categories, now.Categories);
        Assert.Equal(before.Offices, now.Offices);
        Assert.Equal(before.Stations, now.Stations.Where(s => s.Code != "T01S09"));
        Assert.Equal(before.Letterhead, now.Letterhead);
    }

    [Fact]
    public async Task A_trial_says_what_changes_and_saves_nothing()
    {
        var edit = await clerk.EditAsync(CountySheets.Stations, EditKind.Add, null, NewStation);
        var trial = await clerk.Desk.TryAsync(edit, Token);
        var line = Assert.Single(trial.Value.Lines);
        Assert.True(line.Added);
        Assert.Equal("城东街道新联络站", line.Line["name"]);
        Assert.Null(trial.Value.Routing);
        Assert.Null(clerk.County.Station("T01S09"));
        Assert.Empty(await clerk.Desk.LastAsync(10, Token));
    }

    [Theory]
    [InlineData("code", "城东", "code '城东' is not made of")]
    [InlineData("code", "T01S01", "code 'T01S01' stands there twice.")]
    [InlineData("name", "", "name '' is empty.")]
    [InlineData("township", "T99", "township 'T99' is not in townships.csv.")]
    [InlineData("kind", "shop", "kind 'shop' is none of station, point, online.")]
    public async Task A_fault_names_file_line_field_and_reason(
        string column,
        string value,
        string told
    )
    {
        var fields = NewStation.Where(f => f.Item1 != column).Append((column, value)).ToArray();
        var refused = await clerk.SaveAsync(CountySheets.Stations, EditKind.Add, null, fields);
        var fault = Assert.Single(refused.Rejections);
        Assert.Equal(column, fault.Field);
        Assert.StartsWith("stations.csv, line ", fault.En, StringComparison.Ordinal);
        Assert.Contains(told, fault.En, StringComparison.Ordinal);
        Assert.StartsWith("stations.csv 第 ", fault.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_holds_in_one_file_alone_is_told_at_its_line_too()
    {
        var refused = await clerk.SaveAsync(
            CountySheets.Limits,
            EditKind.Change,
            "decide",
            ("days", "900")
        );
        Assert.Contains(
            "limits.csv, line 4: days '900' is out of range",
            Assert.Single(refused.Rejections).En,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_two_who_edit_one_file_the_second_is_told_and_of_two_files_both_are_saved()
    {
        var other = new Clerk(workshop);
        var hers = await other.EditAsync(
            CountySheets.Stations,
            EditKind.Change,
            "T01S01",
            ("name", "她的名字")
        );
        var theirs = await other.EditAsync(
            CountySheets.Offices,
            EditKind.Change,
            "O01",
            ("name", "住建局")
        );
        await clerk.SaveAsync(CountySheets.Stations, EditKind.Add, null, NewStation);

        var refused = Assert.Single((await other.SaveAsync(hers)).Rejections);
        Assert.Equal(("county.changed", 409), (refused.Code, refused.Status));
        Assert.Contains("admin#AAAAAA", refused.En, StringComparison.Ordinal);
        Assert.Equal(2, (await other.SaveAsync(theirs)).Value.Number);
        Assert.Equal("住建局", other.County.Office("O01")!.Name);
        Assert.NotNull(other.County.Station("T01S09"));
        // With the file as it is now before their eyes, hers is saved too.
        var again = hers with
        {
            Version = (await other.Desk.TableAsync(CountySheets.Stations, Token)).Version,
        };
        Assert.True((await other.SaveAsync(again)).IsOk);
        Assert.Equal("她的名字", other.County.Station("T01S01")!.Name);
    }

    [Fact]
    public async Task Both_who_save_at_the_same_moment_are_saved_one_after_the_other()
    {
        var clerks = Enumerable.Range(0, 4).Select(_ => new Clerk(workshop)).ToList();
        var edits = await Task.WhenAll(
            clerk.EditAsync(CountySheets.Offices, EditKind.Change, "O01", ("name", "甲")),
            clerk.EditAsync(CountySheets.Townships, EditKind.Change, "T01", ("name", "乙")),
            clerk.EditAsync(CountySheets.Stations, EditKind.Change, "T01S01", ("name", "丙")),
            clerk.EditAsync(CountySheets.Places, EditKind.Change, "东门社区|T01", ("name", "丁"))
        );
        var saved = await Task.WhenAll(clerks.Zip(edits, (c, e) => c.SaveAsync(e)));
        Assert.Equal([1, 2, 3, 4], saved.Select(s => s.Value.Number).Order());
        await clerk.Watch.LookAsync(Token);
        Assert.Equal("甲", clerk.County.Office("O01")!.Name);
        Assert.Equal("乙", clerk.County.Townships[0].Name);
        Assert.Equal("丙", clerk.County.Station("T01S01")!.Name);
        Assert.Contains(clerk.County.Places, p => p.Name == "丁");
    }

    [Fact]
    public async Task A_code_stays_whatever_is_sent_and_a_name_may_change()
    {
        await clerk.SaveAsync(
            CountySheets.Stations,
            EditKind.Change,
            "T01S01",
            ("code", "T01S77"),
            ("name", "朝阳里站")
        );
        Assert.Null(clerk.County.Station("T01S77"));
        Assert.Equal("朝阳里站", clerk.County.Station("T01S01")!.Name);
        // What was not sent stays.
        Assert.Equal("T01", clerk.County.Station("T01S01")!.Township);
    }

    [Fact]
    public async Task Limits_holidays_points_letterhead_and_thresholds_count_at_once()
    {
        var deadlines = new Deadlines(clerk.Parts.Days, clerk.Parts.Limits.Digests);
        var monday = new DateTimeOffset(2027, 3, 1, 9, 0, 0, LocalTime.Offset);
        Assert.Equal(new(2027, 3, 15), deadlines.ReplyBy(monday));
        await clerk.SaveAsync(CountySheets.Limits, EditKind.Change, "reply", ("days", "3"));
        await clerk.SaveAsync(
            CountySheets.Holidays,
            EditKind.Add,
            null,
            ("date", "2027-03-03"),
            ("kind", "holiday")
        );
        Assert.Equal(new(2027, 3, 5), deadlines.ReplyBy(monday));
        await clerk.SaveAsync(CountySheets.Limits, EditKind.Change, "private", ("days", "30"));
        Assert.Equal(30, clerk.Parts.Limits.Retention.PrivateDays);
        await clerk.SaveAsync(CountySheets.Letterhead, EditKind.Change, "", ("signer", "王建国"));
        Assert.Equal("王建国", clerk.County.Letterhead!.Signer);
        await clerk.SaveAsync(
            CountySheets.Recurrence,
            EditKind.Change,
            "0101",
            ("submissions", "2")
        );
        Assert.Equal(2, clerk.Parts.Recurrence.For("0101").Submissions);
        await clerk.SaveAsync(
            CountySheets.Points,
            EditKind.Change,
            "2026-01-01|submitted",
            ("points", "2.5")
        );
        Assert.Equal(2.5m, clerk.Parts.Points.On(PointEvent.Submitted, new(2026, 5, 1))!.Points);
    }

    [Fact]
    public async Task A_place_that_is_added_is_found_in_the_next_text()
    {
        var places = new CurrentPlaces(clerk.County);
        Assert.False(Assert.Single(places.Finder().Find("云梯巷的路灯")).Known);
        await clerk.SaveAsync(
            CountySheets.Places,
            EditKind.Add,
            null,
            ("name", "云梯巷"),
            ("kind", "road"),
            ("township", "T01")
        );
        Assert.True(Assert.Single(places.Finder().Find("云梯巷的路灯")).Known);
    }

    [Fact]
    public async Task A_whole_file_is_checked_like_a_line()
    {
        var refused = await clerk.SaveAsync(
            new(CountySheets.Routing.File, null, EditKind.Whole)
            {
                Text = "category,office\n01,X99\n99,O01\n",
            }
        );
        Assert.Equal(
            [
                "routing.csv, line 2: office 'X99' is not in offices.csv.",
                "routing.csv, line 3: category '99' is not in taxonomy.csv.",
            ],
            refused.Rejections.Select(r => r.En)
        );
        var kept = clerk.County.Routing.Rules;
        Assert.False(
            (
                await clerk.SaveAsync(
                    new(CountySheets.Routing.File, null, EditKind.Whole) { Text = "一\n二\n" }
                )
            ).IsOk
        );
        Assert.Same(kept, clerk.County.Routing.Rules);
    }

    [Fact]
    public async Task What_was_wrong_before_keeps_nobody_from_putting_something_else_right()
    {
        var seeds = Directory.CreateTempSubdirectory("op-seeds-").FullName;
        foreach (var file in Directory.GetFiles(Seeds.Folder(), "*.csv"))
            File.Copy(file, Path.Combine(seeds, Path.GetFileName(file)));
        // The reader takes it; a page would not.
        var path = Path.Combine(seeds, "stations.csv");
        await File.WriteAllTextAsync(
            path,
            (await File.ReadAllTextAsync(path, Token)).Replace(
                ",T02,station",
                ",T02,post",
                StringComparison.Ordinal
            ),
            Token
        );
        try
        {
            var other = new Clerk(workshop, seeds);
            Assert.NotEmpty(CountyCheck.Faults(seeds));
            Assert.True(
                (
                    await other.SaveAsync(
                        CountySheets.Stations,
                        EditKind.Change,
                        "T01S01",
                        ("name", "新名字")
                    )
                ).IsOk
            );
            // What is wrong anew is told all the same.
            var refused = await other.SaveAsync(
                CountySheets.Limits,
                EditKind.Change,
                "reply",
                ("days", "999")
            );
            Assert.Equal("days", Assert.Single(refused.Rejections).Field);
        }
        finally
        {
            Directory.Delete(seeds, recursive: true);
        }
    }

    [Fact]
    public void The_seeds_have_no_fault() => Assert.Empty(CountyCheck.Faults(Seeds.Folder()));
}
