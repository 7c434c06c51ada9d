using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>What each user comes for, from the open page to what they then see, by a finger on a telephone of 360 px.</summary>
[Collection("County and models")]
public sealed class TouchTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_station_and_a_citizen_read_the_answer_that_an_office_gives()
    {
        var title = "晒谷场的灯杆歪了";
        var (id, receipt) = await site.SubmitAsync(
            "station",
            new { title, body = "晒谷场的灯杆歪得快要倒，夜里没人敢从下面过。" },
            Token
        );
        await site.GiveAsync(id, "01", "O01", Token);

        await using (var office = await site.VisitAsync("office", TouchHand.Phone))
        {
            var (page, hand) = await OpenAsync(office, "/desk");
            await FindAsync(page, hand, title);
            await hand.TypeAsync(page.GetByLabel("答复内容"), "已派人去看，本周换好。");
            await hand.TypeAsync(page.GetByLabel("负责人"), "工程科");
            await hand.CheckAsync(page.GetByLabel("已经办结"));
            await hand.PressAsync(Button(page, "答复"));
            await hand.ReadAsync(page.Locator(".reply"), "已派人去看，本周换好。");
            await hand.ReadAsync(page.Locator(".reply"), "工程科");
            await office.PictureAsync("hand-answered-touch");
            Assert.Empty(office.Complaints);
        }
        await using (var station = await site.VisitAsync("station", TouchHand.Phone))
        {
            var (page, hand) = await OpenAsync(station, "/mine");
            await station.PictureAsync("hand-mine-touch");
            await hand.PressAsync(Link(page, title));
            await hand.ReadAsync(page.Locator(".reply"), "已派人去看，本周换好。");
            Assert.Empty(station.Complaints);
        }
        await using var citizen = await site.VisitAsync(null, TouchHand.Phone);
        var (open, own) = await OpenAsync(citizen, "/receipt");
        await own.TypeAsync(open.GetByLabel("回执码"), receipt);
        await own.PressAsync(Button(open, "查询"));
        await own.ReadAsync(open.Locator(".reply"), "已派人去看，本周换好。");
        Assert.Empty(citizen.Complaints);
    }

    [Fact]
    public async Task An_office_hands_back_what_is_not_its_own()
    {
        var title = "粮站的老磅秤不准";
        var (id, _) = await site.SubmitAsync(
            "station",
            new { title, body = "粮站的老磅秤不准，一百斤少称出三斤来。" },
            Token
        );
        await site.GiveAsync(id, "01", "O01", Token);
        await using var visit = await site.VisitAsync("office", TouchHand.Phone);
        var (page, hand) = await OpenAsync(visit, "/desk");
        await FindAsync(page, hand, title);
        await hand.TypeAsync(page.GetByLabel("退回理由"), "不在本单位职责以内。");
        await hand.ChooseAsync(page.GetByLabel("建议转哪个单位"), "O05");
        await hand.PressAsync(Button(page, "退回"));
        await hand.ReadAsync(page.Locator("main"), "已退回，待决定");
        await hand.ReadAsync(page.Locator("main"), "不在本单位职责以内。");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_recorder_opens_a_session_settles_an_item_and_closes_it()
    {
        await using var visit = await site.VisitAsync("recorder", TouchHand.Phone);
        var (page, hand) = await OpenAsync(visit, "/forums/new");
        await hand.TypeAsync(page.GetByLabel("主题"), "茶馆恳谈会");
        await hand.TypeAsync(page.GetByLabel("地点"), "石桥镇文化站");
        await hand.PressAsync(Button(page, "建立"));
        await page.WaitForURLAsync(url => url.Contains("/forums/F", StringComparison.Ordinal));
        foreach (var (i, said) in new[] { "茶馆后巷的阴沟盖碎了", "茶馆门前的石阶滑得很" }.Index())
        {
            await hand.TypeAsync(page.Locator("#new-f-body"), said);
            await hand.PressAsync(Button(page, "记下"));
            await hand.ReadAsync(page.Locator($"#item-{i + 1}"), said);
        }
        await hand.PressAsync(page.GetByLabel("第 1 条：改结果"));
        var first = page.Locator("#item-1");
        await hand.CheckAsync(first.GetByLabel("当场解决"));
        await hand.TypeAsync(first.GetByLabel("怎么答复、怎么解决"), "镇里明天来修");
        await visit.PictureAsync("hand-settling-touch");
        await hand.PressAsync(Button(page, "保存结果"));
        await hand.ReadAsync(first, "镇里明天来修");
        await hand.PressAsync(Button(page, "结束并看记录"));
        await hand.ReadAsync(page.Locator(".facts"), "当场解决 1");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_committee_edits_submits_and_follows_up_a_report_on_a_recurring_issue()
    {
        var (_, report) = await Samples.ReportAsync(
            site,
            "梅岭村操场边的储油罐",
            [
                "罐壁锈穿，油味飘进教室。",
                "没有警示牌，原因是换了业主以后没人管。",
                "学生常在上面爬，建议尽快拆除。",
            ],
            Token
        );
        await using var visit = await site.VisitAsync("committee", TouchHand.Phone);
        var (page, hand) = await OpenAsync(visit, "/recurring");
        await hand.PressAsync(page.Locator($"a[href='/reports/{report}']"));
        var main = page.Locator("main");
        await hand.ReadAsync(main, "草稿");
        await hand.TypeAsync(page.GetByLabel("加一句").First, "委员已到现场看过。");
        await hand.PressAsync(Button(page, "保存修改"));
        await hand.ReadAsync(main, "编辑中");
        await hand.TypeAsync(page.GetByLabel("签发人"), "李长河");
        await hand.PressAsync(Button(page, "报送"));
        await hand.ReadAsync(main, "已报送");
        await hand.ReadAsync(main, "委员已到现场看过。");
        await hand.CheckAsync(page.GetByLabel("省", new() { Exact = true }));
        await hand.PressAsync(Button(page, "登记采用"));
        await hand.ReadAsync(main, "省 · 单篇采用");
        await visit.PictureAsync("hand-adopted-touch");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_committee_splits_an_issue_and_merges_it_again()
    {
        var (issue, _) = await Samples.ReportAsync(
            site,
            "荷塘村戏台的横梁",
            [
                "蛀空了一半，锣鼓一响就掉灰。",
                "裂了一道缝，原因是屋顶漏雨多年。",
                "底下坐满看戏的人，建议尽快加固。",
            ],
            Token
        );
        await using var visit = await site.VisitAsync("committee", TouchHand.Phone);
        var (page, hand) = await OpenAsync(visit, "/recurring");
        await hand.PressAsync(page.Locator($"a[href='/issues/{issue}']"));
        await hand.PressAsync(Link(page, "合并与拆分"));
        await hand.CheckAsync(page.Locator("[name=members]").Last);
        await visit.PictureAsync("hand-splitting-touch");
        await hand.PressAsync(Button(page, "拆成新议题"));
        await Assertions.Expect(page.Locator(".members > li")).ToHaveCountAsync(1);

        await hand.PressAsync(Link(page, "合并与拆分"));
        await hand.TypeAsync(page.GetByLabel("议题编号或网址"), issue);
        await hand.PressAsync(Button(page, "合并"));
        await Assertions.Expect(page.Locator(".members > li")).ToHaveCountAsync(3);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_trainer_labels_a_submission()
    {
        var (id, _) = await site.SubmitAsync(
            "station",
            new { title = "", body = "判决书说车队要赔钱，法院执行不了，货都烂在路上。" },
            Token
        );
        await using var visit = await site.VisitAsync("trainer", TouchHand.Phone);
        var (page, hand) = await OpenAsync(visit, $"/labels/{id}");
        await hand.CheckAsync(
            page.GetByRole(AriaRole.Radio, new() { Name = "2 交通运输", Exact = true })
        );
        await hand.PressAsync(Button(page, "保存，看下一件"));
        await hand.ReadAsync(page.Locator("main"), "上一件已标为 交通运输");
        await hand.PressAsync(Link(page, "改上一件"));
        await hand.ReadAsync(page.Locator("main"), "已有的标注");
        await visit.PictureAsync("hand-labelling-touch");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task An_administrator_changes_a_line_of_the_county()
    {
        var name = "Health Insurance Bureau";
        await using var visit = await site.VisitAsync("admin", TouchHand.Phone);
        var (page, hand) = await OpenAsync(visit, "/admin/directory/offices");
        await hand.PressAsync(Link(page, "修改 O08"));
        await hand.TypeAsync(page.GetByLabel("英文名称"), name);
        await hand.PressAsync(Button(page, "预览"));
        await hand.ReadAsync(page.Locator("#trial"), name);
        await visit.PictureAsync("hand-previewed-touch");
        await hand.PressAsync(Button(page, "保存"));
        await hand.ReadAsync(page.Locator(".notice.ok"), "已保存");
        await hand.ReadAsync(page.Locator("table"), name);
        Assert.Empty(visit.Complaints);
    }

    private static async Task<(IPage Page, TouchHand Hand)> OpenAsync(Visit visit, string path)
    {
        await visit.Page.GotoAsync(path);
        return (visit.Page, new TouchHand(visit.Page));
    }

    private static async Task FindAsync(IPage page, TouchHand hand, string title)
    {
        await hand.TypeAsync(page.GetByLabel("标题或正文含"), title);
        await hand.PressAsync(Button(page, "查找"));
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await hand.PressAsync(Link(page, title));
    }

    private static ILocator Button(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Link(IPage page, string name) =>
        page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
}
