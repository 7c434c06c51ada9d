using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests.Hands;

/// <summary>What an office comes for, and what stations and citizens then read, by touch alone and by keyboard alone.</summary>
public sealed class OfficeTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(By.Touch, "晒谷场的灯杆", "晒谷场的灯杆歪得快要倒，夜里没人敢从旁边过。")]
    [InlineData(By.Keyboard, "老渡口的石阶", "老渡口的石阶歪了一角，挑水的老人滑倒过两回。")]
    public async Task An_office_finds_an_issue_and_answers_it_once_for_all(
        By by,
        string subject,
        string body
    )
    {
        var title = $"{subject}歪了";
        var (id, receipt) = await site.SubmitAsync("station", new { title, body }, Token);
        var joins = (await site.ProcessedAsync(id, Token)).GetProperty("issueId").GetString();
        var other = $"{subject}快要倒了";
        await site.SubmitAsync(
            "recorder",
            new
            {
                title = other,
                body = $"{subject}斜在路边，过车的时候晃得厉害。",
                joins,
            },
            Token
        );
        await site.GiveAsync(id, "01", "O01", Token);

        await using (var office = await Hand.OpenAsync(site, by, "office", "/desk"))
        {
            await office.ChooseAsync(office.Field("类别"), "01");
            await FindAsync(office, title);
            await office.ReadAsync(office.Main, "2 件，2 个联络站");
            await office.TypeAsync(office.Field("答复内容"), "已派人去看，本周扶正。");
            await office.TypeAsync(office.Field("负责人"), "工程科");
            await office.CheckAsync(office.Field("已经办结"));
            await office.PressAsync(office.Button("答复"));
            await office.ReadAsync(office.Page.Locator(".reply"), "已派人去看，本周扶正。");
            await office.ReadAsync(office.Page.Locator(".reply"), "工程科");
            await office.PictureAsync("answered");
            Assert.Empty(office.Complaints);
        }
        foreach (var (account, own) in new[] { ("station", title), ("recorder", other) })
        {
            await using var station = await Hand.OpenAsync(site, by, account, "/mine");
            await station.PictureAsync("mine");
            await station.PressAsync(station.Link(own));
            await station.ReadAsync(station.Page.Locator(".reply"), "已派人去看，本周扶正。");
            Assert.Empty(station.Complaints);
        }
        await using var citizen = await Hand.OpenAsync(site, by, null, "/receipt");
        await citizen.TypeAsync(citizen.Field("回执码"), receipt);
        await citizen.PressAsync(citizen.Button("查询"));
        await citizen.ReadAsync(citizen.Page.Locator(".reply"), "已派人去看，本周扶正。");
        Assert.Empty(citizen.Complaints);
    }

    [Theory]
    [InlineData(By.Touch, "粮站的老磅秤", "粮站的老磅秤坏了大半年，卖粮要去邻镇称。", "O05")]
    [InlineData(By.Keyboard, "邮局的自行车棚", "邮局的自行车棚坏了顶，取信的人淋得一身湿。", "O02")]
    public async Task What_is_not_an_offices_own_is_handed_back_and_sent_on(
        By by,
        string subject,
        string body,
        string whose
    )
    {
        var title = $"{subject}坏了";
        var (id, _) = await site.SubmitAsync("station", new { title, body }, Token);
        await site.GiveAsync(id, "01", "O01", Token);
        await using var hand = await Hand.OpenAsync(site, by, "office", "/desk");
        await FindAsync(hand, title);
        await hand.TypeAsync(hand.Field("退回理由"), "不在本单位职责以内。");
        await hand.ChooseAsync(hand.Field("建议转哪个单位"), whose);
        await hand.PressAsync(hand.Button("退回"));
        await hand.ReadAsync(hand.Main, "已退回，待决定");
        await hand.ReadAsync(hand.Main, "不在本单位职责以内。");
        Assert.Empty(hand.Complaints);

        await using var committee = await Hand.OpenAsync(site, by, "committee", "/handbacks");
        await committee.PressAsync(committee.Link(title));
        await committee.ChooseAsync(committee.Field("应属类别"), "02");
        await committee.PictureAsync("sending-on");
        await committee.PressAsync(committee.Button("同意并改派"));
        await committee.ReadAsync(committee.Page.Locator("h1"), "退回待定");
        await Assertions.Expect(committee.Link(title)).ToHaveCountAsync(0);
        Assert.Empty(committee.Complaints);
    }

    private static async Task FindAsync(Hand hand, string title)
    {
        await hand.TypeAsync(hand.Field("标题或正文含"), title);
        await hand.PressAsync(hand.Button("查找"));
        await Assertions.Expect(hand.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await hand.PressAsync(hand.Link(title));
    }
}
