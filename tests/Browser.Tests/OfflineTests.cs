using Microsoft.Playwright;
using OpinionPipeline.Local.Tests.Servers;
using OpinionPipeline.Tests.Pictures;
using SkiaSharp;

namespace OpinionPipeline.Browser.Tests;

/// <summary>The connection is lost by stopping the server, and the browser is really closed.</summary>
public sealed class OfflineTests : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("op-offline-").FullName;
    private readonly string profile = Directory.CreateTempSubdirectory("op-profile-").FullName;
    private IPlaywright playwright = null!;
    private LocalServer server = null!;
    private string key = "",
        committee = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        key = await LocalServer.KeyAsync(data, Token, "--station", "T04S01");
        committee = await LocalServer.KeyAsync(data, Token, "--role", "committee");
        server = await LocalServer.StartAsync(data, Token);
    }

    // The same profile again is the same phone, opened again.
    private async Task<Visit> OpenAsync(ServiceWorkerPolicy workers = ServiceWorkerPolicy.Allow) =>
        await Visit.StartAsync(
            await playwright.Chromium.LaunchPersistentContextAsync(
                profile,
                new BrowserTypeLaunchPersistentContextOptions
                {
                    ExecutablePath = Chromium.Path,
                    Args = Chromium.Arguments,
                    ServiceWorkers = workers,
                    BaseURL = server.Address.ToString(),
                    ViewportSize = new ViewportSize { Width = 360, Height = 740 },
                }
            )
        );

    [Fact]
    public async Task What_is_written_without_a_connection_survives_a_closed_browser_and_is_sent_once()
    {
        var address = server.Address;
        await using (var visit = await OpenAsync())
        {
            var page = visit.Page;
            await Site.SignInAsync(page, key);
            await page.GotoAsync("/submit");
            await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");

            await server.DisposeAsync();
            await page.ReloadAsync();
            await page.GetByLabel("反映的情况").FillAsync("山洪冲断了村里的小桥，学生要绕五里路。");
            await page.GetByLabel("反映人电话").FillAsync("13800000009");
            await page.Locator("#f-photos")
                .SetInputFilesAsync(
                    new FilePayload
                    {
                        Name = "bridge.jpg",
                        MimeType = "image/jpeg",
                        Buffer = Pictures.Draw(),
                    }
                );
            await Assertions.Expect(page.Locator("[data-chosen] img")).ToHaveCountAsync(1);
            await page.Locator("button.primary").ClickAsync();
            await Assertions.Expect(page.Locator("[data-list]")).ToContainTextAsync("待报送");
            await visit.PictureAsync("submit-unsent");
            // One written to the end, one only begun.
            await page.GetByLabel("标题").FillAsync("写到一半");
            await page.WaitForTimeoutAsync(500);
        }
        await using (var visit = await OpenAsync())
        {
            await visit.Page.GotoAsync("/submit");
            await Assertions.Expect(visit.Page.GetByLabel("标题")).ToHaveValueAsync("写到一半");
            await Assertions.Expect(visit.Page.Locator("[data-list]")).ToContainTextAsync("待报送");
        }
        server = await LocalServer.StartAtAsync(address, data, Token);
        await using (var visit = await OpenAsync())
        {
            await visit.Page.GotoAsync("/submit");
            await Assertions.Expect(visit.Page.Locator("[data-list]")).ToContainTextAsync("已报送");
            await Assertions.Expect(visit.Page.GetByLabel("标题")).ToHaveValueAsync("写到一半");
            await visit.Page.ReloadAsync();
            await Assertions.Expect(visit.Page.Locator("[data-chosen] img")).ToHaveCountAsync(0);
            await visit.Page.Locator("[data-list] a").ClickAsync();
            await Assertions.Expect(visit.Page.Locator(".photos img")).ToHaveCountAsync(1);
            Assert.Empty(visit.Complaints);
        }
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task An_answer_that_got_lost_makes_no_second_submission()
    {
        // What a worker lets through cannot be cut off here.
        await using var visit = await OpenAsync(ServiceWorkerPolicy.Block);
        var page = visit.Page;
        await Site.SignInAsync(page, key);
        // The server takes it, and the phone never hears of it.
        var lost = 0;
        await page.RouteAsync(
            "**/outbox",
            async route =>
            {
                if (route.Request.Method == "POST" && lost++ == 0)
                {
                    await route.FetchAsync();
                    await route.AbortAsync();
                }
                else
                {
                    await route.ContinueAsync();
                }
            }
        );
        await page.GotoAsync("/submit");
        await page.GetByLabel("反映的情况").FillAsync("养老院的电梯停了一个月，老人上下楼困难。");
        await page.Locator("#f-photos")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "lift.png",
                    MimeType = "image/png",
                    Buffer = Pictures.Draw(SKEncodedImageFormat.Png),
                }
            );
        await Assertions.Expect(page.Locator("[data-chosen] img")).ToHaveCountAsync(1);
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("[data-list]")).ToContainTextAsync("待报送");
        await page.Locator("[data-send]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-list]")).ToContainTextAsync("已报送");
        Assert.Equal(1, await CountAsync());
        await page.Locator("[data-list] a").ClickAsync();
        await Assertions.Expect(page.Locator(".photos img")).ToHaveCountAsync(1);
    }

    // By the overview's figure, as the committee sees it.
    private async Task<int> CountAsync()
    {
        await using var browser = await Chromium.StartAsync(playwright);
        await using var visit = await Visit.StartAsync(
            await browser.NewContextAsync(
                new BrowserNewContextOptions { BaseURL = server.Address.ToString() }
            )
        );
        await Site.SignInAsync(visit.Page, committee);
        await visit.Page.GotoAsync("/");
        return int.Parse(await visit.Page.Locator(".figures dd").First.InnerTextAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        playwright.Dispose();
        Directory.Delete(data, recursive: true);
        Directory.Delete(profile, recursive: true);
    }
}
