using Microsoft.Playwright;
using OpinionPipeline.Tests.Pictures;

namespace OpinionPipeline.Browser.Tests;

/// <summary>A station hands something in, and a citizen looks it up.</summary>
public sealed class SubmitTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly BrowserNewContextOptions NoScripts = new()
    {
        JavaScriptEnabled = false,
        ViewportSize = new ViewportSize { Width = 360, Height = 740 },
    };

    // Nothing that another test tells of, so that no similar matter comes between.
    [Theory]
    [InlineData(true, "邮递员", "邮递员半个月没有来，订的报纸都断了。")]
    [InlineData(false, "老槐树", "村口老槐树枯了半边，大风天往下掉树枝。")]
    public async Task What_a_station_submits_is_looked_up_with_its_receipt(
        bool scripts,
        string of,
        string text
    )
    {
        await using var station = await site.VisitAsync("station", scripts ? null : NoScripts);
        var page = station.Page;
        await page.GotoAsync("/submit");
        await page.GetByLabel("标题").FillAsync($"{of}的事");
        await page.GetByLabel("反映的情况").FillAsync(text);
        await page.GetByLabel("反映人姓名").FillAsync("某村民");
        await page.GetByRole(AriaRole.Button, new() { Name = "报送", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/sent/*");
        var receipt = await page.Locator(".code").InnerTextAsync();
        Assert.Empty(station.Complaints);

        await using var citizen = await site.VisitAsync(null, scripts ? null : NoScripts);
        await citizen.Page.GotoAsync("/receipt");
        await citizen
            .Page.GetByLabel("回执码")
            .FillAsync(receipt.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));
        await citizen.Page.GetByRole(AriaRole.Button, new() { Name = "查询" }).ClickAsync();
        await Assertions.Expect(citizen.Page.Locator("main")).ToContainTextAsync("办理情况");
        var shown = await citizen.Page.Locator("main").InnerTextAsync();
        Assert.Contains(receipt, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(of, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_matters_in_one_are_split_without_a_script_and_keep_the_photos()
    {
        var (id, _) = await site.SubmitAsync(
            "station",
            new
            {
                title = "两件事",
                body = "林业站门口的井盖不见了，夜里有人摔进去。另外，村里的广播响到半夜，老人睡不着觉。",
            },
            Token
        );
        using (var sender = site.Client("station"))
            await sender.PostAsync(
                $"/api/v1/submissions/{id}/photos",
                new ByteArrayContent(Pictures.Draw())
                {
                    Headers = { ContentType = new("image/jpeg") },
                },
                Token
            );
        await using var visit = await site.VisitAsync("station", NoScripts);
        var page = visit.Page;
        await page.GotoAsync($"/sent/{id}");
        await page.GetByRole(AriaRole.Link, new() { Name = "拆成几件" }).ClickAsync();
        // Proposed where the text itself turns to the other matter.
        var second = page.GetByLabel("反映的情况").Nth(1);
        await Assertions
            .Expect(second)
            .ToHaveValueAsync("另外，村里的广播响到半夜，老人睡不着觉。");
        await page.GetByLabel("标题").Nth(1).FillAsync("广播扰民");
        // One alone is refused, and what was typed stays.
        await second.EvaluateAsync("e => e.required = false");
        await second.FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "拆开" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("2 至 10");
        await Assertions.Expect(page.GetByLabel("标题").Nth(1)).ToHaveValueAsync("广播扰民");
        await page.GetByLabel("反映的情况").Nth(1).FillAsync("村里的广播响到半夜，老人睡不着觉。");
        await page.GetByRole(AriaRole.Button, new() { Name = "拆开" }).ClickAsync();
        await page.WaitForURLAsync($"**/sent/{id}");

        await page.GetByRole(AriaRole.Link, new() { Name = "第 2 件" }).ClickAsync();
        await Assertions.Expect(page.Locator("h2").First).ToHaveTextAsync("广播扰民");
        await Assertions.Expect(page.Locator(".photos img")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "原件" }).ClickAsync();
        await page.WaitForURLAsync($"**/sent/{id}");
        Assert.Equal(
            0,
            await page.GetByRole(AriaRole.Link, new() { Name = "拆成几件" }).CountAsync()
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_similar_matter_is_shown_before_sending_and_can_be_joined(bool scripts)
    {
        var (first, _) = await site.SubmitAsync(
            "recorder",
            new
            {
                title = "石桥镇菜市场污水横流",
                body = "石桥镇菜市场下水道堵了，污水横流，臭得没法买菜，请疏通下水道。",
            },
            Token
        );
        await using var visit = await site.VisitAsync("station", scripts ? null : NoScripts);
        var page = visit.Page;
        await page.GotoAsync("/submit");
        await page.GetByLabel("标题").FillAsync("菜市场下水道堵塞");
        await page.GetByLabel("反映的情况")
            .PressSequentiallyAsync(
                $"石桥镇菜市场的下水道又堵了，污水流到路上{(scripts ? "" : "没人管")}。"
            );
        if (!scripts)
            await page.GetByRole(AriaRole.Button, new() { Name = "报送", Exact = true })
                .ClickAsync();
        await page.GetByText("石桥镇菜市场污水横流").First.ClickAsync();
        await visit.PictureAsync($"submit-similar-{(scripts ? "typing" : "confirm")}");
        await page.Locator("button.primary").ClickAsync();
        await page.WaitForURLAsync("**/sent/*");

        // Where the writer put it, not where the machine would.
        var joined = await site.ProcessedAsync(page.Url.Split('/')[^1], Token);
        var earlier = await site.ProcessedAsync(first, Token);
        Assert.Equal(
            earlier.GetProperty("issueId").GetString(),
            joined.GetProperty("issueId").GetString()
        );
        Assert.StartsWith(
            "station:T04S01",
            joined.GetProperty("attachment").GetProperty("by").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Enter_takes_a_place_or_goes_on_to_the_next_line_and_sends_nothing()
    {
        await using var visit = await site.VisitAsync("station");
        var page = visit.Page;
        await page.GotoAsync("/submit");
        await page.GetByLabel("反映的情况").FillAsync("磨刀石丢了，铺子里的剪子都钝了。");
        await page.GetByLabel("标题").FillAsync("磨刀石丢了");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("反映的情况")).ToBeFocusedAsync();

        var place = page.GetByLabel("地点");
        await place.PressSequentiallyAsync("双石");
        await page.Keyboard.PressAsync("Enter");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "双石村" }))
            .ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(place).ToHaveValueAsync("双石村");
        await Assertions.Expect(place).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("反映人姓名")).ToBeFocusedAsync();
        // What was taken is in the draft as what was typed is.
        await Assertions.Expect(page.Locator("[data-draft-note]")).ToBeVisibleAsync();
        await page.WaitForTimeoutAsync(500);
        await page.ReloadAsync();
        await Assertions.Expect(place).ToHaveValueAsync("双石村");
        Assert.Empty(visit.Complaints);
        await page.GetByRole(AriaRole.Button, new() { Name = "清空重写" }).ClickAsync();
    }

    private static FilePayload Photo(int seed = 0) =>
        new()
        {
            Name = $"IMG_{seed}.jpg",
            MimeType = "image/jpeg",
            Buffer = Pictures.WithExif(
                Pictures.Draw(width: 3000, height: 2000, seed: seed),
                orientation: 6
            ),
        };

    [Fact]
    public async Task Photos_are_made_smaller_shown_kept_in_the_draft_and_seen_on_the_sent_page()
    {
        await using var visit = await site.VisitAsync(
            "station",
            new()
            {
                ViewportSize = new() { Width = 360, Height = 740 },
            }
        );
        var page = visit.Page;
        await page.GotoAsync("/submit");
        await page.GetByLabel("反映的情况").FillAsync("戏台屋脊的琉璃瓦叫冰雹砸碎好几片。");
        var chosen = page.Locator("[data-chosen] img");
        await page.Locator("#f-photos")
            .SetInputFilesAsync([Photo(0), Photo(1), Photo(2), Photo(3)]);
        await Assertions.Expect(chosen).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("[data-full]")).ToBeVisibleAsync();
        await visit.PictureAsync("submit-photos");
        await page.GetByRole(AriaRole.Button, new() { Name = "移除照片 3" }).ClickAsync();
        await Assertions.Expect(chosen).ToHaveCountAsync(2);
        await page.Locator("#f-photos")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "a.jpg",
                    MimeType = "image/jpeg",
                    Buffer = "这是一段文字"u8.ToArray(),
                }
            );
        await Assertions.Expect(page.Locator("[data-unreadable]")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(chosen).ToHaveCountAsync(2);
        Assert.Equal(
            "1067x1600",
            await chosen.First.EvaluateAsync<string>(
                "async image => { await image.decode(); return `${image.naturalWidth}x${image.naturalHeight}`; }"
            )
        );

        await page.Locator("button.primary").ClickAsync();
        await page.WaitForURLAsync("**/sent/*");
        var sent = page.Locator(".photos img");
        await Assertions.Expect(sent).ToHaveCountAsync(2);
        await visit.PictureAsync("sent-photos");
        await sent.First.EvaluateAsync("image => image.decode()");

        await page.GetByText("移除照片", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "移除照片 1" }).ClickAsync();
        await Assertions.Expect(sent).ToHaveCountAsync(1);
        Assert.Empty(visit.Complaints);
        await page.Locator(".photos a").ClickAsync();
        await page.WaitForURLAsync("**/photos/*");
        Assert.Equal("image/jpeg", await page.EvaluateAsync<string>("document.contentType"));
    }

    [Fact]
    public async Task Without_a_script_a_file_that_is_no_picture_is_refused_and_good_photos_are_kept()
    {
        // Similar to the next, so that the form is shown once more before it is taken.
        await site.SubmitAsync(
            "recorder",
            new { title = "青龙潭水库大坝渗水", body = "青龙潭水库大坝渗水，坝脚湿了一大片。" },
            Token
        );
        await using var visit = await site.VisitAsync("station", NoScripts);
        var page = visit.Page;
        await page.GotoAsync("/submit");
        await page.GetByLabel("标题").FillAsync("青龙潭水库大坝渗水");
        await page.GetByLabel("反映的情况").FillAsync("青龙潭水库大坝渗水，坝脚湿了，很危险。");
        await page.Locator("#f-photos")
            .SetInputFilesAsync([
                Photo(),
                new FilePayload
                {
                    Name = "说明.jpg",
                    MimeType = "image/jpeg",
                    Buffer = "这是一段文字"u8.ToArray(),
                },
            ]);
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("说明.jpg");
        await Assertions.Expect(page.GetByLabel("已选好的照片 1")).ToBeCheckedAsync();
        await page.Locator("#f-photos").SetInputFilesAsync([Photo(1)]);
        await page.Locator("button.primary").ClickAsync();
        await page.GetByText("都不是，另作一件").ClickAsync();
        await Assertions.Expect(page.GetByLabel("已选好的照片 2")).ToBeCheckedAsync();
        await page.Locator("button.primary").ClickAsync();
        await page.WaitForURLAsync("**/sent/*");
        await Assertions.Expect(page.Locator(".photos img")).ToHaveCountAsync(2);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_was_typed_stays_when_the_form_is_refused()
    {
        await using var visit = await site.VisitAsync("committee", NoScripts);
        var page = visit.Page;
        await page.GotoAsync("/submit");
        await page.GetByLabel("反映的情况").FillAsync("河堤有裂缝，汛期前要修。");
        // As a browser that does not check by itself.
        await page.Locator("[data-submit] select").SelectOptionAsync("");
        await page.Locator("[data-submit]").EvaluateAsync("form => form.noValidate = true");
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("联络站");
        await Assertions
            .Expect(page.GetByLabel("反映的情况"))
            .ToHaveValueAsync("河堤有裂缝，汛期前要修。");
        await Assertions
            .Expect(page.Locator("#f-station"))
            .ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task A_file_is_looked_at_first_and_taken_once()
    {
        await using var visit = await site.VisitAsync("recorder");
        var page = visit.Page;
        async Task<string> TakeAsync()
        {
            await page.GotoAsync("/import");
            await page.GetByLabel("文件")
                .SetInputFilesAsync(
                    new FilePayload
                    {
                        Name = "来件.csv",
                        MimeType = "text/csv",
                        Buffer =
                            "标题,正文,联络站\n井盖松动,镇政府门口井盖松动，车压上去很响,\n别站的,这一行写的是别的联络站,T09S01\n路牌倒了,国道口路牌被撞倒没人扶,\n"u8.ToArray(),
                    }
                );
            await page.GetByRole(AriaRole.Button, new() { Name = "预览" }).ClickAsync();
            await Assertions
                .Expect(page.Locator("main"))
                .ToContainTextAsync("只能代表联络站 T04S02");
            await visit.PictureAsync("import-preview");
            await page.GetByRole(AriaRole.Button, new() { Name = "导入这 2 件" }).ClickAsync();
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync("已导入");
            await visit.PictureAsync("import-done");
            return string.Join(' ', await page.Locator(".figures dd").AllInnerTextsAsync());
        }
        Assert.Equal("2 0 1", await TakeAsync());
        Assert.Equal("2 2 1", await TakeAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_station_sees_its_own_submissions_only()
    {
        var (own, _) = await site.SubmitAsync(
            "station",
            new { title = "自己的一件", body = "村口广告牌松动，风一吹就响。" },
            Token
        );
        var (other, _) = await site.SubmitAsync(
            "recorder",
            new { title = "别站的一件", body = "加油站旁边的护栏被撞弯了。" },
            Token
        );
        await using var visit = await site.VisitAsync("station");
        await visit.Page.GotoAsync("/mine");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("自己的一件");
        await Assertions.Expect(visit.Page.Locator("main")).Not.ToContainTextAsync("别站的一件");
        Assert.Equal(200, (await visit.Page.GotoAsync($"/sent/{own}"))!.Status);
        Assert.Equal(404, (await visit.Page.GotoAsync($"/sent/{other}"))!.Status);
        Assert.Equal(403, (await visit.Page.GotoAsync("/submissions"))!.Status);
    }
}
