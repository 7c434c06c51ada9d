using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>An office works its list off: it answers, or hands back what is not its own.</summary>
public sealed class OfficeTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_office_answers_the_station_sees()
    {
        var (id, _) = await site.SubmitAsync(
            "station",
            new
            {
                title = "安置小区屋面渗水",
                body = "安置小区七号楼屋面渗水，顶楼三户的墙都霉了。",
            },
            Token
        );
        await site.GiveAsync(id, "01", "O01", Token);

        await using var office = await site.VisitAsync("office");
        var page = office.Page;
        await page.GotoAsync("/desk");
        // Two characters, out of the text and not the title.
        await page.GetByLabel("标题或正文含").FillAsync("霉了");
        await page.GetByRole(AriaRole.Button, new() { Name = "查找" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "安置小区屋面渗水" }).ClickAsync();
        await page.GetByLabel("办理措施").FillAsync("屋面重做防水");
        await page.GetByLabel("负责人").FillAsync("物业科");
        await page.GetByLabel("完成日期").FillAsync("2026-12-20");
        // Without the text it is refused, and what was typed stays.
        await page.GetByLabel("答复内容").EvaluateAsync("e => e.required = false");
        await page.GetByRole(AriaRole.Button, new() { Name = "答复", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("缺少答复内容");
        await Assertions.Expect(page.GetByLabel("办理措施")).ToHaveValueAsync("屋面重做防水");
        await page.GetByLabel("答复内容").FillAsync("已列入维修计划，年底前完工。");
        await page.GetByRole(AriaRole.Button, new() { Name = "答复", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".reply")).ToContainTextAsync("屋面重做防水");
        await office.PictureAsync("desk-answered");

        await page.GotoAsync("/desk?tab=answered&q=渗水");
        var line = page.Locator("tbody tr", new() { HasText = "安置小区屋面渗水" });
        await Assertions.Expect(line).ToContainTextAsync("物业科");
        await Assertions.Expect(line).ToContainTextAsync("已答复");
        await Assertions.Expect(line).ToContainTextAsync("已列入维修计划，年底前完工。");
        // On paper there are no tabs and no filter: the sheet says what it lists.
        await Assertions.Expect(page.Locator(".print-only")).ToBeHiddenAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator("form.filters")).ToBeHiddenAsync();
        await Assertions
            .Expect(page.Locator(".print-only"))
            .ToContainTextAsync("已答复；含“渗水”；第 1 至 1 项，共 1 项；");
        await office.PictureAsync("desk-print");
        Assert.DoesNotContain(office.Complaints, c => !c.Contains("400"));

        await using var station = await site.VisitAsync("station");
        await station.Page.GotoAsync($"/sent/{id}");
        await Assertions
            .Expect(station.Page.Locator("main"))
            .ToContainTextAsync("已列入维修计划，年底前完工。");
    }

    [Fact]
    public async Task What_is_handed_back_goes_to_another_office_and_is_a_label()
    {
        var (id, _) = await site.SubmitAsync(
            "station",
            new
            {
                title = "班车停运老人出行难",
                body = "去县医院的班车停运两个月，老人看病只能包车。",
            },
            Token
        );
        var issue = await site.GiveAsync(id, "01", "O01", Token);

        await using var office = await site.VisitAsync("office");
        await office.Page.GotoAsync($"/desk/{issue}");
        await office.Page.GetByLabel("退回理由").FillAsync("班车线路由交通部门管理。");
        await office
            .Page.GetByRole(AriaRole.Button, new() { Name = "退回", Exact = true })
            .ClickAsync();
        await Assertions.Expect(office.Page.Locator("main")).ToContainTextAsync("已退回，待决定");

        await using var committee = await site.VisitAsync("committee");
        var page = committee.Page;
        await page.GotoAsync("/handbacks");
        await page.GetByRole(AriaRole.Link, new() { Name = "班车停运老人出行难" }).ClickAsync();
        await page.GetByLabel("应属类别").SelectOptionAsync("02");
        await page.GetByRole(AriaRole.Button, new() { Name = "同意并改派" }).ClickAsync();
        await page.WaitForURLAsync("**/handbacks");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("班车停运老人出行难");
        await page.GotoAsync($"/desk/{issue}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("同意，已改派");

        var now = await site.ProcessedAsync(id, Token);
        Assert.Equal("02", now.GetProperty("category").GetProperty("code").GetString());
        Assert.NotEqual("O01", now.GetProperty("office").GetProperty("code").GetString());
        var gone = await office.Page.GotoAsync($"/desk/{issue}");
        Assert.Equal(404, gone!.Status);
        Assert.Empty(committee.Complaints);
    }
}
