using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests.Hands;

/// <summary>What a forum's recorder comes for, by touch alone and by keyboard alone.</summary>
public sealed class RecorderTests(Site site)
{
    [Theory]
    [InlineData(By.Touch, "茶馆恳谈会", "茶馆")]
    [InlineData(By.Keyboard, "书场恳谈会", "书场")]
    public async Task A_session_is_opened_an_item_settled_and_the_session_closed(
        By by,
        string title,
        string where
    )
    {
        await using var hand = await OpenAsync(by, title);
        foreach (
            var (i, said) in new[]
            {
                $"{where}后巷的阴沟盖碎了",
                $"{where}门前的石阶滑得很",
            }.Index()
        )
        {
            await hand.TypeAsync(hand.Page.Locator("#new-f-body"), said);
            await hand.PressAsync(hand.Button("记下"));
            await hand.ReadAsync(hand.Page.Locator($"#item-{i + 1}"), said);
        }
        await hand.PressAsync(hand.Field("第 1 条：改结果"));
        var first = hand.Page.Locator("#item-1");
        await hand.CheckAsync(first.GetByLabel("当场解决"));
        await hand.TypeAsync(first.GetByLabel("怎么答复、怎么解决"), "镇里明天来修");
        await hand.PictureAsync("settling");
        await hand.PressAsync(hand.Button("保存结果"));
        await hand.ReadAsync(first, "镇里明天来修");
        await hand.PressAsync(hand.Button("结束并看记录"));
        await hand.ReadAsync(hand.Page.Locator(".facts"), "当场解决 1");
        Assert.Empty(hand.Complaints);
    }

    [Theory]
    [InlineData(By.Touch, "井台恳谈会", "井台")]
    [InlineData(By.Keyboard, "桥头恳谈会", "桥头")]
    public async Task Minutes_are_imported_and_their_cuts_corrected(
        By by,
        string title,
        string where
    )
    {
        await using var hand = await OpenAsync(by, title);
        await hand.GiveAsync(
            hand.Field("Word（.docx）或文本文件"),
            new FilePayload
            {
                Name = "记录.txt",
                MimeType = "text/plain",
                Buffer = System.Text.Encoding.UTF8.GetBytes(
                    $"村民甲：{where}西头的垃圾池满了没人拉。还有村里公交一天只有一班。\n村民乙：{where}放学时车太多，\n村民丙：家长接孩子没有地方停车，很危险。\n村民丁：今天天气不错啊大家都来了。\n"
                ),
            }
        );
        await hand.PressAsync(hand.Button("导入"));
        var drafts = hand.Page.Locator("form.card:has([name='Form.Number'])");
        await Assertions.Expect(drafts).ToHaveCountAsync(4);
        await hand.PictureAsync("minutes");

        await hand.TypeAsync(
            drafts.Nth(0).GetByLabel("内容"),
            $"{where}西头的垃圾池满了没人拉。\n\n还有村里公交一天只有一班。"
        );
        await hand.PressAsync(In(drafts.Nth(0), "断开"));
        await Assertions.Expect(drafts).ToHaveCountAsync(5);
        await hand.PressAsync(In(drafts.Nth(2), "并入上一条"));
        await Assertions.Expect(drafts).ToHaveCountAsync(4);
        await hand.PressAsync(In(drafts.Nth(2), "作废"));
        for (var left = 3; left > 0; left--)
        {
            await Assertions.Expect(drafts).ToHaveCountAsync(left);
            await hand.PressAsync(In(drafts.First, "确认报送"));
        }
        await hand.ReadAsync(hand.Page.Locator("#items"), "已记 3 条");
        await hand.ReadAsync(hand.Main, "还有村里公交一天只有一班");
        Assert.Empty(hand.Complaints);
    }

    private async Task<Hand> OpenAsync(By by, string title)
    {
        var hand = await Hand.OpenAsync(site, by, "recorder", "/forums/new");
        await hand.TypeAsync(hand.Field("主题"), title);
        await hand.TypeAsync(hand.Field("地点"), "石桥镇文化站");
        await hand.PressAsync(hand.Button("建立"));
        await hand.ReadAsync(hand.Page.Locator("h1"), title);
        return hand;
    }

    private static ILocator In(ILocator draft, string button) =>
        draft.GetByRole(AriaRole.Button, new() { Name = button });
}
