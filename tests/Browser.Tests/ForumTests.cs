using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>A recorder writes while people speak.</summary>
public sealed class ForumTests(Site site)
{
    private static async Task<IPage> OpenAsync(Visit visit, string title)
    {
        var page = visit.Page;
        await page.GotoAsync("/forums/new");
        await page.GetByLabel("主题").FillAsync(title);
        await page.GetByLabel("地点").FillAsync("石桥镇文化站");
        await page.GetByLabel("公告内容").FillAsync("上午九点开始，镇里各站所都到场。");
        await page.GetByRole(AriaRole.Button, new() { Name = "建立" }).ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/forums/F", StringComparison.Ordinal));
        return page;
    }

    [Fact]
    public async Task A_session_is_recorded_by_keyboard_alone()
    {
        await using var visit = await site.VisitAsync("recorder");
        var page = await OpenAsync(visit, "键盘记录");
        var keyboard = page.Keyboard;
        // Nobody writes before the cursor blinks, and the page puts it there by itself.
        var next = page.Locator("textarea[data-enter]");
        foreach (var said in new[] { "村口水井的水发黄不能喝", "三组的路灯一个都不亮" })
        {
            await Assertions.Expect(next).ToBeFocusedAsync();
            await keyboard.TypeAsync(said);
            await keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator("#items ~ .list")).ToContainTextAsync(said);
        }

        // What was answered: from the text over the speaker to the answer, all by Tab.
        await Assertions.Expect(next).ToBeFocusedAsync();
        await keyboard.TypeAsync("办低保要跑三趟，材料说不清");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync("民政所当场给了一次性告知单");
        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync("镇民政所");
        await keyboard.PressAsync("Enter");
        var first = page.Locator("#items ~ .list > li").First;
        await Assertions.Expect(first).ToContainTextAsync("当场解决");
        await Assertions.Expect(first).ToContainTextAsync("镇民政所：民政所当场给了一次性告知单");
        await visit.PictureAsync("forum-recording");

        // Settled a little later.
        await page.GetByLabel("第 2 条：改结果").FocusAsync();
        await keyboard.PressAsync("Enter");
        await page.GetByLabel("当场解决").Last.CheckAsync();
        await page.GetByLabel("怎么答复、怎么解决").Last.FillAsync("供电所下午派人修好");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存结果" }).ClickAsync();
        await Assertions.Expect(page.Locator("#item-2")).ToContainTextAsync("供电所下午派人修好");

        await page.GetByRole(AriaRole.Button, new() { Name = "结束并看记录" }).ClickAsync();
        await Assertions
            .Expect(page.Locator(".facts"))
            .ToContainTextAsync(
                "共记3 条：上报 1，当场解决 2，承诺办理 0",
                new() { UseInnerText = false }
            );
        await visit.PictureAsync("forum-closed-record");
        await page.GetByRole(AriaRole.Link, new() { Name = "回到记录" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("这场恳谈会已结束");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Minutes_are_imported_and_their_cuts_corrected()
    {
        await using var visit = await site.VisitAsync("recorder");
        var page = await OpenAsync(visit, "导入记录");
        await page.GetByLabel("Word（.docx）或文本文件")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "记录.txt",
                    MimeType = "text/plain",
                    Buffer =
                        "村民甲：村西头的垃圾池满了没人拉。还有村里公交一天只有一班。\n村民乙：学校门口放学时车太多，\n村民丙：家长接孩子没有地方停车，很危险。\n村民丁：今天天气不错啊大家都来了。\n"u8.ToArray(),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "导入", Exact = true }).ClickAsync();
        var drafts = page.Locator("form.card:has([name='Form.Number'])");
        await Assertions.Expect(drafts).ToHaveCountAsync(4);
        await visit.PictureAsync("forum-minutes");

        await drafts
            .Nth(0)
            .GetByLabel("内容")
            .FillAsync("村西头的垃圾池满了没人拉。\n\n还有村里公交一天只有一班。");
        await drafts.Nth(0).GetByRole(AriaRole.Button, new() { Name = "断开" }).ClickAsync();
        await Assertions.Expect(drafts).ToHaveCountAsync(5);
        await drafts.Nth(2).GetByRole(AriaRole.Button, new() { Name = "并入上一条" }).ClickAsync();
        await Assertions.Expect(drafts).ToHaveCountAsync(4);
        await Assertions
            .Expect(drafts.Nth(1).GetByLabel("内容"))
            .ToHaveValueAsync("学校门口放学时车太多，\n家长接孩子没有地方停车，很危险。");
        await drafts.Nth(2).GetByRole(AriaRole.Button, new() { Name = "作废" }).ClickAsync();
        await Assertions.Expect(drafts).ToHaveCountAsync(3);

        // Not before every draft is decided on.
        await page.GetByRole(AriaRole.Button, new() { Name = "结束并看记录" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("还是草稿");
        for (var left = 3; left > 0; left--)
        {
            await drafts.First.GetByRole(AriaRole.Button, new() { Name = "确认报送" }).ClickAsync();
            await Assertions.Expect(drafts).ToHaveCountAsync(left - 1);
        }
        await Assertions.Expect(page.Locator("#items")).ToContainTextAsync("已记 3 条");
        await Assertions
            .Expect(page.Locator("main"))
            .ToContainTextAsync("还有村里公交一天只有一班");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_form_that_is_out_of_date_is_refused_with_a_page()
    {
        await using var visit = await site.VisitAsync("recorder");
        var page = await OpenAsync(visit, "两个窗口");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        await other.GetByRole(AriaRole.Button, new() { Name = "结束并看记录" }).ClickAsync();
        await other.WaitForURLAsync("**/record");
        await page.Locator("#new-f-body").FillAsync("散会以后才想起来的一件事");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("刷新后再试");
    }
}
