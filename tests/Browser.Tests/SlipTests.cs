using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>The station prints what became of a submission, for whoever spoke.</summary>
public sealed class SlipTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_station_prints_where_its_submission_was_taken_up_and_no_other_station_does()
    {
        var (report, said) = await Samples.AdoptedAsync(
            site,
            "杏林桥头的变压器",
            [
                "漏油漏到路面上，骑车经过就滑倒。",
                "夜里嗡嗡响，说是用了三十年，因为一直没有更换。",
                "离幼儿园围墙只有一步，建议迁走或者加护栏。",
            ],
            Token
        );
        await using var station = await site.VisitAsync("station");
        var page = station.Page;
        await page.GotoAsync("/mine");
        await page.Locator($"a[href='/sent/{said}/slip']").ClickAsync();
        var slip = page.Locator(".slip");
        await Assertions.Expect(slip).ToContainTextAsync("杏林桥头的变压器");
        await Assertions.Expect(slip).ToContainTextAsync("市 · 综合采用");
        await Assertions.Expect(slip).ToContainTextAsync("请一周内办结并回复。");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator("h1")).ToBeHiddenAsync();
        await Assertions.Expect(slip.Locator(".name")).ToBeVisibleAsync();
        await station.PictureAsync("slip-print");
        Assert.Empty(station.Complaints);

        await using var other = await site.VisitAsync("recorder");
        var refused = await other.Page.GotoAsync($"/sent/{said}/slip");
        Assert.Equal(404, refused!.Status);

        await using var committee = await site.VisitAsync("committee");
        await committee.Page.GotoAsync($"/reports/{report}");
        await committee.Page.GetByRole(AriaRole.Link, new() { Name = "反馈单" }).ClickAsync();
        await Assertions.Expect(committee.Page.Locator(".slip")).ToHaveCountAsync(3);
    }
}
