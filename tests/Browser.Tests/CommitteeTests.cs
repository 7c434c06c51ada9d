using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>The committee's staff edit a report, send it off and record what came of it; they set the grouping right.</summary>
public sealed class CommitteeTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_is_edited_submitted_adopted_and_closed()
    {
        var (_, report) = await Samples.ReportAsync(
            site,
            "南坡村小学后墙的高压线",
            [
                "离教室窗户不到两米，刮风时打火花。",
                "绝缘皮老化开裂，原因是二十年没有改造。",
                "下面就是操场，建议尽快迁走。",
            ],
            Token
        );
        await using var visit = await site.VisitAsync("committee");
        var page = visit.Page;
        await page.GotoAsync("/recurring");
        await page.Locator($"a[href='/reports/{report}']").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("草稿");

        // A sentence that is quoted: its words stay beside what is made of them.
        var sourced = page.Locator(".pair", new() { Has = page.Locator("a") }).First;
        var quoted = await sourced.Locator("textarea").InputValueAsync();
        await sourced.Locator("textarea").FillAsync("后墙外的高压线离窗户不足两米。");
        await page.GetByLabel("标题").FillAsync("关于南坡村小学高压线隐患的专报");
        await page.GetByLabel("加一句").First.FillAsync("政协委员已到现场看过。");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存修改" }).ClickAsync();
        var main = page.Locator("main");
        await Assertions.Expect(main).ToContainTextAsync("编辑中");
        await Assertions.Expect(main).ToContainTextAsync("原文：" + quoted);
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("南坡村小学高压线隐患");
        await visit.PictureAsync("report-edited");

        await page.GetByLabel("签发人").FillAsync("王建国");
        await page.GetByRole(AriaRole.Button, new() { Name = "报送" }).ClickAsync();
        await Assertions.Expect(main).ToContainTextAsync("已报送");
        await Assertions.Expect(main).ToContainTextAsync("安政协信息〔");
        await Assertions.Expect(main).ToContainTextAsync("王建国");
        var number = await page.Locator("dt:text-is('文号') + dd").InnerTextAsync();
        var word = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "Word 文档" }).ClickAsync()
        );
        Assert.Equal($"{number}.docx", word.SuggestedFilename);
        await Assertions.Expect(main).ToContainTextAsync("政协委员已到现场看过。");
        await page.GetByLabel("市", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("综合", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("综合的原始篇目").FillAsync("北坡村同类专报");
        await page.GetByRole(AriaRole.Button, new() { Name = "登记采用" }).ClickAsync();
        await Assertions.Expect(main).ToContainTextAsync("市 · 综合采用");
        await page.GetByLabel("批示内容").FillAsync("请供电部门一周内迁改。");
        await page.GetByRole(AriaRole.Button, new() { Name = "登记批示" }).ClickAsync();
        await Assertions.Expect(main).ToContainTextAsync("请供电部门一周内迁改。");
        await visit.PictureAsync("report-instructed");
        await page.GetByRole(AriaRole.Button, new() { Name = "办结" }).ClickAsync();
        await Assertions.Expect(main).ToContainTextAsync("已办结");
        await page.GetByText("修改前的内容").ClickAsync();
        await Assertions.Expect(page.Locator("details .card")).ToContainTextAsync(quoted);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_does_not_belong_is_split_off_and_merged_again()
    {
        var (issue, _) = await Samples.ReportAsync(
            site,
            "红旗闸桥面的护栏",
            [
                "断了三截，晚上有人骑车掉进河里。",
                "是木头的，早就朽了，因为当年没有用钢管。",
                "太矮，小孩一翻就过去。希望加高。",
            ],
            Token
        );
        await using var visit = await site.VisitAsync("committee");
        var page = visit.Page;
        await page.GotoAsync($"/issues/{issue}");
        await page.GetByRole(AriaRole.Link, new() { Name = "合并与拆分" }).ClickAsync();
        await page.Locator("[name=members]").Last.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "拆成新议题" }).ClickAsync();
        await page.WaitForURLAsync(url =>
            url.Contains("/issues/I", StringComparison.Ordinal)
            && !url.Contains("regroup", StringComparison.Ordinal)
        );
        await Assertions.Expect(page.Locator(".members > li")).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Link, new() { Name = "合并与拆分" }).ClickAsync();
        await page.GetByLabel("议题编号或网址").FillAsync(site.Address + "issues/" + issue);
        await page.GetByRole(AriaRole.Button, new() { Name = "合并", Exact = true }).ClickAsync();
        await page.WaitForURLAsync($"**/issues/{issue}");
        await Assertions.Expect(page.Locator(".members > li")).ToHaveCountAsync(3);
        Assert.Empty(visit.Complaints);
    }
}
