using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests.Hands;

/// <summary>What the committee's staff come for, by touch alone and by keyboard alone.</summary>
public sealed class CommitteeTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(By.Touch, "梅岭村操场边的储油罐", "罐壁锈穿，油味飘进教室。")]
    [InlineData(By.Keyboard, "竹溪村幼儿园的滑梯", "螺丝掉光，孩子一上去就晃。")]
    public async Task A_report_on_a_recurring_issue_is_edited_submitted_followed_up_and_closed(
        By by,
        string subject,
        string said
    )
    {
        var (_, report) = await Samples.ReportAsync(
            site,
            subject,
            [said, "没有警示牌，原因是换了业主以后没人管。", "学生常在上面爬，建议尽快拆除。"],
            Token
        );
        await using var hand = await Hand.OpenAsync(site, by, "committee", "/recurring");
        await hand.PressAsync(hand.Page.Locator($"a[href='/reports/{report}']"));
        await hand.ReadAsync(hand.Main, "草稿");
        await hand.TypeAsync(hand.Field("加一句").First, "委员已到现场看过。");
        await hand.PressAsync(hand.Button("保存修改"));
        await hand.ReadAsync(hand.Main, "编辑中");
        await hand.TypeAsync(hand.Field("签发人"), "李长河");
        await hand.PressAsync(hand.Button("报送"));
        await hand.ReadAsync(hand.Main, "已报送");
        await hand.ReadAsync(hand.Main, "委员已到现场看过。");
        await hand.CheckAsync(hand.Radio("省"));
        await hand.PressAsync(hand.Button("登记采用"));
        await hand.ReadAsync(hand.Main, "省 · 单篇采用");
        await hand.TypeAsync(hand.Field("批示内容"), "请一周内查清并回复。");
        await hand.ChooseAsync(hand.Field("交哪个单位"), "O03");
        await hand.PictureAsync("instructing");
        await hand.PressAsync(hand.Button("登记批示"));
        await hand.ReadAsync(hand.Page.Locator(".reply"), "请一周内查清并回复。");
        await hand.PressAsync(hand.Button("办结"));
        await hand.ReadAsync(hand.Main, "已办结");
        await hand.PictureAsync("report-closed");
        Assert.Empty(hand.Complaints);
    }

    [Theory]
    [InlineData(By.Touch, "荷塘村戏台的横梁", "蛀空了一半，锣鼓一响就掉灰。")]
    [InlineData(By.Keyboard, "石门村粮库的屋檐", "瓦片松动，一刮风就往下掉。")]
    public async Task An_issue_is_split_and_merged_again(By by, string subject, string said)
    {
        var (issue, _) = await Samples.ReportAsync(
            site,
            subject,
            [said, "裂了一道缝，原因是屋顶漏雨多年。", "底下坐满看戏的人，建议尽快加固。"],
            Token
        );
        await using var hand = await Hand.OpenAsync(site, by, "committee", "/recurring");
        await hand.PressAsync(hand.Page.Locator($"a[href='/issues/{issue}']"));
        await hand.PressAsync(hand.Link("合并与拆分"));
        await hand.CheckAsync(hand.Page.Locator("[name=members]").Last);
        await hand.PictureAsync("splitting");
        await hand.PressAsync(hand.Button("拆成新议题"));
        await Assertions.Expect(hand.Page.Locator(".members > li")).ToHaveCountAsync(1);

        await hand.PressAsync(hand.Link("合并与拆分"));
        await hand.TypeAsync(hand.Field("议题编号或网址"), issue);
        await hand.PressAsync(hand.Button("合并"));
        await Assertions.Expect(hand.Page.Locator(".members > li")).ToHaveCountAsync(3);
        Assert.Empty(hand.Complaints);
    }

    [Theory]
    [InlineData(By.Touch)]
    [InlineData(By.Keyboard)]
    public async Task The_account_of_another_month_is_read_and_taken_away(By by)
    {
        await using var hand = await Hand.OpenAsync(site, by, "committee", "/account");
        var before = hand.Field("月份").Locator("option").Nth(1);
        var (value, text) = (
            await before.GetAttributeAsync("value"),
            await before.TextContentAsync()
        );
        await hand.ChooseAsync(hand.Field("月份"), value!);
        await hand.PressAsync(hand.Button("查看"));
        await hand.ReadAsync(hand.Page.Locator("h1"), text!);
        await hand.PictureAsync("account");
        var file = await hand.Page.RunAndWaitForDownloadAsync(() =>
            hand.PressAsync(hand.Link("CSV"))
        );
        Assert.EndsWith(".csv", file.SuggestedFilename, StringComparison.Ordinal);
        Assert.Empty(hand.Complaints);
    }
}
