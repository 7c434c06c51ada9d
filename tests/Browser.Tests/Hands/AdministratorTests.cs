using System.Net;
using Microsoft.Playwright;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Browser.Tests.Hands;

/// <summary>What an administrator comes for, by touch alone and by keyboard alone.</summary>
[Collection("County and models")]
public sealed class AdministratorTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(By.Touch, "碾坊平板")]
    [InlineData(By.Keyboard, "渡口平板")]
    public async Task A_key_is_made_found_and_ended_and_the_audit_says_so(By by, string label)
    {
        await using var hand = await Hand.OpenAsync(site, by, "admin", "/admin/keys");
        await hand.ChooseAsync(hand.Field("角色"), "Station");
        await hand.ChooseAsync(hand.Page.Locator("#f-station"), "T04S02");
        await hand.TypeAsync(hand.Page.Locator("#f-label"), label);
        await hand.PressAsync(hand.Button("生成密钥"));
        await hand.ReadAsync(hand.Page.Locator("#made"), "已生成");
        await hand.PictureAsync("key-made");
        var secret = await hand.Page.Locator("#made .code").InnerTextAsync();
        var name = (await hand.Page.Locator("#made h2").InnerTextAsync()).Split('：')[1];
        Assert.Equal(HttpStatusCode.OK, await site.AskAsync(secret, Token));

        await hand.TypeAsync(hand.Field("含"), label);
        await hand.PressAsync(hand.Button("查找"));
        await Assertions.Expect(hand.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await hand.PictureAsync("key-found");
        await hand.PressAsync(hand.Button($"停用 {name}"));
        await hand.ReadAsync(hand.Page.GetByRole(AriaRole.Row, new() { Name = name }), "停用");
        Assert.Equal(HttpStatusCode.Unauthorized, await site.AskAsync(secret, Token));

        await hand.PressAsync(hand.Link("审计"));
        await hand.TypeAsync(hand.Field("对象"), name);
        await hand.PressAsync(hand.Button("查找"));
        await Assertions.Expect(hand.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        await hand.ReadAsync(hand.Page.Locator("tbody"), "key.revoke");
        await hand.PictureAsync("audit");
        Assert.Empty(hand.Complaints);
    }

    [Theory]
    [InlineData(By.Touch, 1)]
    [InlineData(By.Keyboard, 2)]
    public async Task A_digest_that_was_put_aside_is_tried_again_and_read(By by, int days)
    {
        await Samples.MadeAsync(site, Token);
        var to = DateTimeOffset.UtcNow.AddDays(days);
        var message = new DigestRequest("O01", to.AddDays(-7), to).ToString();
        await site.PutAsideAsync(QueueNames.Digests, message);
        await using var hand = await Hand.OpenAsync(site, by, "admin", "/admin/poison");
        await hand.ReadAsync(hand.Page.Locator("tbody"), message);
        await hand.PictureAsync("put-aside");
        await hand.PressAsync(hand.Button($"重试 {message}"));
        await hand.ReadAsync(hand.Main, "没有搁置的消息");
        Assert.Empty(hand.Complaints);

        var digest = $"D-O01-{to:yyyyMMdd}";
        await site.DigestMadeAsync(digest, Token);
        await using var office = await Hand.OpenAsync(site, by, "office", "/desk");
        await office.PressAsync(office.Link("分类摘编").And(office.Page.Locator(".button")));
        await office.PressAsync(office.Page.Locator($"a[href='/digests/{digest}']"));
        var title = office.Page.Locator("td", new() { HasText = "双石村小学门口没有斑马线" });
        await office.ReadAsync(title, "双石村小学门口没有斑马线");
        // On a telephone too it is read in a line or two, not down a column.
        Assert.InRange((await title.BoundingBoxAsync())!.Height, 1, 100);
        await office.PictureAsync("digest");
        Assert.Empty(office.Complaints);
    }

    [Theory]
    [InlineData(By.Touch, "O05")]
    [InlineData(By.Keyboard, "O03")]
    public async Task A_rule_is_tried_without_changing_anything(By by, string office)
    {
        await Samples.MadeAsync(site, Token);
        await using var hand = await Hand.OpenAsync(site, by, "admin", "/admin/routing");
        await hand.ChooseAsync(hand.Page.Locator("#f-category"), "0101");
        await hand.ChooseAsync(hand.Page.Locator("#f-office"), office);
        await hand.PressAsync(hand.Button("试算").First);
        await Assertions.Expect(hand.Page.Locator("#trial .list a").First).ToBeVisibleAsync();
        await hand.PictureAsync("rule-tried");
        Assert.Empty(hand.Complaints);
    }

    [Theory]
    [InlineData(By.Touch, "Health Insurance Bureau")]
    [InlineData(By.Keyboard, "Health Insurance Office")]
    public async Task A_line_of_the_county_is_changed(By by, string name)
    {
        await using var hand = await Hand.OpenAsync(site, by, "admin", "/admin/directory/offices");
        await hand.PressAsync(hand.Link("修改 O08"));
        await hand.TypeAsync(hand.Field("英文名称"), name);
        await hand.PressAsync(hand.Button("预览"));
        await hand.ReadAsync(hand.Page.Locator("#trial"), name);
        await hand.PictureAsync("previewed");
        await hand.PressAsync(hand.Button("保存"));
        await hand.ReadAsync(hand.Page.Locator(".notice.ok"), "已保存");
        await hand.ReadAsync(hand.Page.Locator("table"), name);
        Assert.Empty(hand.Complaints);
    }
}
