using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>An administrator edits the county.</summary>
[Collection("County and models")]
public sealed class DirectoryTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_station_is_added_changed_and_taken_back_by_keyboard_alone()
    {
        await using var visit = await site.VisitAsync("admin");
        var page = visit.Page;
        await page.GotoAsync("/admin/directory");
        await FollowAsync(
            page,
            page.GetByRole(AriaRole.Link, new() { Name = "联络站", Exact = true })
        );
        await FollowAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "新增一行" }));

        // What is wrong is told at its field, and what was typed stays.
        await TypeAsync(page, "#f-code", "T04 S99");
        await TypeAsync(page, "#f-name", "石桥镇新开联络站");
        await ChooseAsync(page, "#f-township", "T04");
        await ChooseAsync(page, "#f-kind", "station");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#f-code-fault")).ToContainTextAsync("stations.csv");
        await Assertions.Expect(page.Locator("#f-name")).ToHaveValueAsync("石桥镇新开联络站");

        await TypeAsync(page, "#f-code", "T04S99");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#trial")).ToContainTextAsync("石桥镇新开联络站");
        await FollowAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "保存" }));
        await Assertions.Expect(page.Locator(".notice.ok")).ToContainTextAsync("已保存");

        // It counts at once: a key can be made for it.
        await page.GotoAsync("/admin/keys");
        await Assertions
            .Expect(page.Locator("#f-station option[value=T04S99]"))
            .ToHaveTextAsync("石桥镇新开联络站");

        await page.GotoAsync("/admin/directory/stations?find=T04S99");
        await FollowAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "修改 T04S99" }));
        await TypeAsync(page, "#f-name", "石桥镇联络站（新）");
        await page.Keyboard.PressAsync("Enter");
        await FollowAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "保存" }));
        await Assertions.Expect(page.Locator("table")).ToContainTextAsync("石桥镇联络站（新）");

        await FollowAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "撤回这次修改" }));
        await Assertions.Expect(page.Locator("#trial")).ToContainTextAsync("石桥镇新开联络站");
        await FollowAsync(
            page,
            page.GetByRole(AriaRole.Button, new() { Name = "撤回", Exact = true })
        );
        await Assertions.Expect(page.Locator(".notice.ok")).ToContainTextAsync("已撤回");
        await page.GotoAsync("/admin/directory/stations?find=T04S99");
        await Assertions.Expect(page.Locator("table")).ToContainTextAsync("石桥镇新开联络站");

        // Who did it stands in the audit.
        await page.GotoAsync("/admin/audit?what=county");
        await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync("stations");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Without_a_script_a_station_in_use_is_kept_and_the_reason_told()
    {
        await Samples.MadeAsync(site, Token);
        await using var visit = await site.VisitAsync("admin", new() { JavaScriptEnabled = false });
        var page = visit.Page;
        await page.GotoAsync("/admin/directory/stations/line?key=T04S01");
        await page.GetByRole(AriaRole.Link, new() { Name = "删除这一行" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice.bad")).ToContainTextAsync("把没有停用的密钥");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "删除这一行" }))
            .ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_second_of_two_editors_is_told_and_loses_nothing()
    {
        await using var visit = await site.VisitAsync("admin");
        var page = visit.Page;
        await page.GotoAsync(
            "/admin/directory/places/line?key=" + Uri.EscapeDataString("东门社区|T01")
        );
        await page.Locator("#f-aliases").FillAsync("东门口");
        await page.GetByRole(AriaRole.Button, new() { Name = "预览" }).ClickAsync();
        await Assertions.Expect(page.Locator("#trial")).ToContainTextAsync("东门口");

        using var client = site.Client("admin");
        var text = await client.GetStringAsync("/api/v1/county/places", Token);
        await PutAsync(client, "places", text + "无名巷,road,T01,\n");

        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice.bad")).ToContainTextAsync("改过这个文件");
        await Assertions.Expect(page.Locator("#f-aliases")).ToHaveValueAsync("东门口");
        Assert.Empty(await FaultsAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "预览" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        var now = await client.GetStringAsync("/api/v1/county/places", Token);
        Assert.Contains("东门社区,community,T01,东门口\n", now, StringComparison.Ordinal);
        Assert.Contains("无名巷,road,T01,\n", now, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_takes_a_whole_file_with_the_same_checks_from_an_administrator_alone()
    {
        using var client = site.Client("admin");
        var read = await client.GetAsync("/api/v1/county/townships", Token);
        var text = await read.Content.ReadAsStringAsync(Token);
        using var refused = await client.PutAsync(
            "/api/v1/county/townships",
            Csv(text + "T01,再来一个,Again\n"),
            Token
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("county.invalid", problem.GetProperty("code").GetString());

        await PutAsync(client, "townships", text + "T98,新设镇,New Town\n");
        using var stale = new HttpRequestMessage(HttpMethod.Put, "/api/v1/county/townships")
        {
            Content = Csv(text),
        };
        stale.Headers.IfMatch.Add(read.Headers.ETag!);
        using var told = await client.SendAsync(stale, Token);
        Assert.Equal(HttpStatusCode.Conflict, told.StatusCode);

        using var committee = site.Client("committee");
        using var forbidden = await committee.GetAsync("/api/v1/county/townships", Token);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    private static async Task PutAsync(HttpClient client, string file, string text)
    {
        using var answer = await client.PutAsync($"/api/v1/county/{file}", Csv(text), Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    // As somebody does who has no mouse: Tab until it is there, Enter.
    private static async Task FollowAsync(IPage page, ILocator target)
    {
        await ReachAsync(page, target.First);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task TypeAsync(IPage page, string field, string text)
    {
        await ReachAsync(page, page.Locator(field));
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task ChooseAsync(IPage page, string field, string code)
    {
        await ReachAsync(page, page.Locator(field));
        for (
            var pressed = 0;
            pressed < 100 && await page.Locator(field).InputValueAsync() != code;
            pressed++
        )
            await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator(field)).ToHaveValueAsync(code);
    }

    private static async Task ReachAsync(IPage page, ILocator target)
    {
        await Assertions.Expect(target).ToBeVisibleAsync();
        for (var pressed = 0; pressed < 400; pressed++)
        {
            if (await target.EvaluateAsync<bool>("e => e === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"Tab does not reach {target}");
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        await Axe.AddToAsync(page.Context);
        await page.ReloadAsync();
        return [.. await Axe.FaultsAsync(page)];
    }
}
