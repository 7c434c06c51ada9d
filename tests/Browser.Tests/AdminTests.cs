using System.Net;
using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>An administrator gives keys out and takes them back.</summary>
public sealed class AdminTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_made_shown_once_used_and_revoked()
    {
        await using var visit = await site.VisitAsync("admin");
        var page = visit.Page;
        await page.GotoAsync("/admin/keys");
        await page.GetByLabel("角色").SelectOptionAsync("Station");
        await page.GetByRole(AriaRole.Button, new() { Name = "生成密钥" }).ClickAsync();

        // What is missing is said at its field, and what was chosen stays.
        await Assertions.Expect(page.Locator("#f-station-fault")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("角色")).ToHaveValueAsync("Station");
        await page.Locator("#f-station").SelectOptionAsync("T04S02");
        await page.GetByRole(AriaRole.Button, new() { Name = "生成密钥" }).ClickAsync();
        var secret = await page.Locator("#made .code").TextContentAsync();
        var name = (await page.Locator("#made h2").TextContentAsync())!.Split('：')[1];
        Assert.Equal(HttpStatusCode.OK, await site.AskAsync(secret!, Token));

        await page.GotoAsync("/admin/keys");
        Assert.DoesNotContain(secret!, await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = $"停用 {name}" }).ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Row, new() { Name = name }))
            .ToContainTextAsync("停用");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = $"停用 {name}" }))
            .ToHaveCountAsync(0);
        Assert.Equal(HttpStatusCode.Unauthorized, await site.AskAsync(secret!, Token));

        await page.GotoAsync("/admin/audit?what=key.&subject=" + Uri.EscapeDataString(name));
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_labelled_key_is_found_and_replaced_while_the_old_one_goes_on()
    {
        await using var visit = await site.TabAsync("admin", english: false);
        var page = visit.Page;
        await page.GotoAsync("/admin/keys");
        await page.GetByLabel("角色").SelectOptionAsync("Station");
        await page.Locator("#f-station").SelectOptionAsync("T04S02");
        await page.Locator("#f-label").FillAsync("村口平板");
        await page.Locator("#f-endsOn").FillAsync("2020-01-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "生成密钥" }).ClickAsync();
        await Assertions.Expect(page.Locator("#f-endsOn-fault")).ToContainTextAsync("不能早于今天");
        await page.Locator("#f-endsOn").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "生成密钥" }).ClickAsync();
        var old = await page.Locator("#made .code").TextContentAsync();
        Assert.Equal(HttpStatusCode.OK, await site.AskAsync(old!, Token));

        await page.GotoAsync("/admin/keys?find=%E6%9D%91%E5%8F%A3");
        var rows = page.Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(rows).Not.ToContainTextAsync("没用过");
        await page.GetByRole(AriaRole.Link, new() { Name = "更换 station" }).ClickAsync();
        await Assertions.Expect(page.Locator("#replace-f-days")).ToHaveValueAsync("7");
        Assert.Empty(await Axe.FaultsAsync(page));
        await visit.PictureAsync("admin-keys-replace");
        // The same form once more, in another window.
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        await page.GetByRole(AriaRole.Button, new() { Name = "生成新密钥" }).ClickAsync();
        var made = await page.Locator("#made .code").TextContentAsync();
        Assert.NotEqual(old, made);
        foreach (var secret in new[] { old, made })
            Assert.Equal(HttpStatusCode.OK, await site.AskAsync(secret!, Token));
        await other.GetByRole(AriaRole.Button, new() { Name = "生成新密钥" }).ClickAsync();
        await Assertions
            .Expect(other.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("这把密钥已经更换过");
        await Assertions.Expect(other.Locator("#made")).ToHaveCountAsync(0);
        await other.CloseAsync();
        await page.GotoAsync("/admin/keys?find=%E6%9D%91%E5%8F%A3");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(rows.Last).ToContainTextAsync("已更换");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Link, new() { Name = "更换 station" }))
            .ToHaveCountAsync(1);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_rule_is_tried_and_faults_are_told_at_the_form()
    {
        await Samples.MadeAsync(site, Token);
        await using var visit = await site.TabAsync("admin", english: false);
        var page = visit.Page;
        await page.GotoAsync("/admin/routing");
        await page.Locator("#f-category").SelectOptionAsync("0101");
        await page.Locator("#f-office").SelectOptionAsync("O05");
        await page.GetByRole(AriaRole.Button, new() { Name = "试算" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("#trial .list a").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#f-office")).ToHaveValueAsync("O05");
        Assert.Empty(await Axe.FaultsAsync(page));
        await visit.PictureAsync("admin-routing-tried");

        await page.Locator("#whole-f-text").FillAsync("category,office\n01,X99");
        await page.GetByRole(AriaRole.Button, new() { Name = "试算" }).Last.ClickAsync();
        await Assertions.Expect(page.Locator("#whole-f-file-fault")).ToContainTextAsync("第 2 行");
        await Assertions
            .Expect(page.Locator("#whole-f-text"))
            .ToHaveValueAsync("category,office\n01,X99");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Nobody_else_comes_in()
    {
        await using var visit = await site.VisitAsync("trainer");
        foreach (
            var path in new[]
            {
                "",
                "/keys",
                "/poison",
                "/audit",
                "/categories",
                "/routing",
                "/directory",
                "/directory/stations",
                "/directory/stations/line",
                "/directory/back",
            }
        )
            Assert.Equal(403, (await visit.Page.GotoAsync("/admin" + path))!.Status);
    }
}
