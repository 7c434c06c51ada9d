using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>Takes the pictures of the guide and the README, of the samples' county; asked for alone (docs/pages.md).</summary>
public sealed class GuidePictures
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Folder =>
        Environment.GetEnvironmentVariable("SCREENSHOTS")
        ?? throw new InvalidOperationException("SCREENSHOTS names the folder: docs/guide");

    [Fact(Explicit = true)]
    public async Task The_pictures_of_the_guide()
    {
        await using var site = new Site { Samples = true };
        await site.InitializeAsync();
        // Before anything is added: the figures are those of the samples, as the README has them.
        await TakeAsync(site, "committee", "/", "overview");
        var (id, receipt) = await site.SubmitAsync(
            "station",
            new
            {
                title = "村口老槐树枯了半边",
                body = "村口老槐树枯了半边，大风天往下掉树枝，树下是孩子等校车的地方。",
                place = "双石村",
            },
            Token
        );
        var issue = await site.GiveAsync(id, "01", "O01", Token);
        await PostAsync(
            site,
            "office",
            $"issues/{issue}/reply",
            new { text = "已请园林人员看过，本周内锯掉枯枝，树下先拉了警戒线。", settled = true }
        );
        await TakeAsync(site, null, $"/receipt?code={receipt}", "receipt", phone: true);
        await TakeAsync(
            site,
            "station",
            "/submit",
            "submit",
            phone: true,
            // As far down as the photos and the button.
            height: 1100,
            onPage: async page =>
            {
                await page.GetByLabel("反映的情况")
                    .PressSequentiallyAsync("双石桥的桥面裂了，农用车一过就抖。");
                await Assertions.Expect(page.Locator("#similar fieldset")).ToBeVisibleAsync();
                // What was typed at the top, what is like it at the bottom.
                await page.GetByLabel("反映的情况")
                    .EvaluateAsync("e => scrollTo(0, e.getBoundingClientRect().top - 12)");
            }
        );
        await TakeAsync(site, "office", "/desk", "desk");
        await TakeAsync(
            site,
            "committee",
            $"/reports/{await SubmitReportAsync(site)}/print",
            "report"
        );
        await TakeAsync(
            site,
            "admin",
            "/admin/directory/routing/line?key=06&category=06&office=O08&preview=true",
            "directory",
            height: 760
        );
        await TakeAsync(
            site,
            "trainer",
            "/labels",
            "label",
            onPage: async page =>
            {
                await page.GetByRole(AriaRole.Link, new() { Name = "开始标注" }).ClickAsync();
                await page.WaitForURLAsync("**/labels/*");
            }
        );
        await TakeAsync(
            site,
            "recorder",
            "/forums/new",
            "forum",
            onPage: async page =>
            {
                await page.GetByLabel("主题").FillAsync("石桥镇秋季恳谈会");
                await page.GetByLabel("地点").FillAsync("石桥镇文化站");
                await page.GetByRole(AriaRole.Button, new() { Name = "建立" }).ClickAsync();
                foreach (
                    var said in new[]
                    {
                        "三组的灌溉渠堵了半年，水稻放不到水。",
                        "村卫生室周末不开门，老人买药要跑镇上。",
                        "桥头的路灯坏了两个月，晚上走路看不见。",
                    }
                )
                {
                    await page.Locator("#new-f-body").FillAsync(said);
                    await page.Keyboard.PressAsync("Enter");
                    await Assertions
                        .Expect(page.Locator("#items ~ .list"))
                        .ToContainTextAsync(said);
                }
            }
        );
    }

    // The samples' first report goes out.
    private static async Task<string> SubmitReportAsync(Site site)
    {
        using var client = site.Client("committee");
        var reports = await client.GetFromJsonAsync<JsonElement>("/api/v1/reports", Token);
        var id = reports.GetProperty("items")[0].GetProperty("id").GetString()!;
        await PostAsync(site, "committee", $"reports/{id}/submit", new { signer = "王建国" });
        return id;
    }

    private static async Task PostAsync(Site site, string account, string route, object body)
    {
        using var client = site.Client(account);
        var answer = await client.PostAsJsonAsync($"/api/v1/{route}", body, Token);
        answer.EnsureSuccessStatusCode();
    }

    // As large as it is read: a phone's width, or half a screen's.
    private static async Task TakeAsync(
        Site site,
        string? account,
        string path,
        string name,
        bool phone = false,
        int? height = null,
        Func<IPage, Task>? onPage = null
    )
    {
        await using var visit = await site.VisitAsync(
            account,
            new()
            {
                ViewportSize = new()
                {
                    Width = phone ? 360 : 960,
                    Height = height ?? (phone ? 740 : 600),
                },
            }
        );
        await visit.Page.GotoAsync(path);
        if (onPage is not null)
            await onPage(visit.Page);
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png") });
    }
}
