using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>Who corrects the classifier labels, trains, and takes a training back.</summary>
[Collection("County and models")]
public sealed class TrainTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submission_is_labelled_by_one_key()
    {
        var id = await WaitingAsync("已经起诉供电所，官司打了一年还没有结果，家里一直停电。");
        await using var visit = await site.VisitAsync("trainer");
        var page = visit.Page;
        await page.GotoAsync("/labels");
        await Assertions.Expect(page.Locator($"a[href='/labels/{id}']").First).ToBeVisibleAsync();
        await page.GotoAsync($"/labels/{id}");
        await Assertions.Expect(page.GetByLabel("按一个键就保存")).ToBeCheckedAsync();
        await visit.PictureAsync("label-by-key");
        await page.Keyboard.PressAsync("2");
        await Assertions.Expect(page.GetByText("上一件已标为 交通运输")).ToBeVisibleAsync();
        await CategoryIsAsync(id, "02");

        // What was said is there to be changed, and whoever types a code means no other key.
        await page.GetByRole(AriaRole.Link, new() { Name = "改上一件" }).ClickAsync();
        await page.GetByLabel("更细的类别代码").FillAsync("99");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#f-finer-fault")).ToContainTextAsync("没有类别 99");
        await Assertions.Expect(page.GetByLabel("更细的类别代码")).ToHaveValueAsync("99");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Labelling_works_without_scripts_and_skipping_goes_on()
    {
        var id = await WaitingAsync(
            "判决书下来半年了，村口那条路的赔偿款一直没有给到我们几户人家。"
        );
        await using var visit = await site.VisitAsync(
            "trainer",
            new BrowserNewContextOptions { JavaScriptEnabled = false }
        );
        var page = visit.Page;
        await page.GotoAsync($"/labels/{id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存，看下一件" }).ClickAsync();
        await Assertions.Expect(page.Locator("#category-fault")).ToContainTextAsync("缺少类别");
        await page.GetByRole(AriaRole.Radio, new() { Name = "国土资源" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保存，看下一件" }).ClickAsync();
        await Assertions.Expect(page.GetByText("上一件已标为 国土资源")).ToBeVisibleAsync();
        await CategoryIsAsync(id, "09");

        var other = await WaitingAsync("不服一审判决，孩子的户口一直迁不走，学校也报不上名。");
        await page.GotoAsync($"/labels/{other}");
        await page.GetByRole(AriaRole.Link, new() { Name = "跳过" }).ClickAsync();
        await Assertions
            .Expect(page)
            .Not.ToHaveURLAsync(new Uri(site.Address, $"/labels/{other}").ToString());
    }

    [Fact]
    public async Task The_second_level_is_chosen_below_the_first_or_taken_as_suggested_by_one_key()
    {
        var id = await WaitingAsync("打了官司也没有用，小区门口的路灯还是不亮，井盖也丢了两个。");
        await using var visit = await site.VisitAsync("trainer");
        var page = visit.Page;
        await page.GotoAsync($"/labels/{id}");
        var finer = page.GetByRole(AriaRole.Radio, new() { Name = "城乡规划" });
        await Assertions.Expect(finer).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "城乡建设" }).CheckAsync();
        await finer.CheckAsync();
        await visit.PictureAsync("label-second-level");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存，看下一件" }).ClickAsync();
        await Assertions.Expect(page.GetByText("上一件已标为 城乡规划")).ToBeVisibleAsync();
        await CategoryIsAsync(id, "0103");

        // Chosen below a category that was then left, it does not count.
        await page.GotoAsync($"/labels/{id}");
        await page.GetByRole(AriaRole.Radio, new() { Name = "城乡建设" }).CheckAsync();
        await finer.CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "政法" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保存，看下一件" }).ClickAsync();
        await Assertions.Expect(page.GetByText("上一件已标为 政法")).ToBeVisibleAsync();
        await CategoryIsAsync(id, "11");

        var other = await WaitingAsync(
            "判决下来了也没人执行，广场的公厕还是天天锁门，垃圾也没人清。"
        );
        await page.GotoAsync($"/labels/{other}");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "照建议标为" }))
            .ToBeVisibleAsync();
        var suggested = await page.Locator("button[data-key='0']").GetAttributeAsync("value");
        Assert.Equal(4, suggested?.Length);
        await page.Keyboard.PressAsync("0");
        await Assertions.Expect(page.GetByText("上一件已标为")).ToBeVisibleAsync();
        await CategoryIsAsync(other, suggested!);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_training_is_started_watched_and_cancelled()
    {
        await using var visit = await site.VisitAsync("trainer");
        var page = visit.Page;
        await page.GotoAsync("/models");
        await page.GetByRole(AriaRole.Button, new() { Name = "开始训练" }).ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/models/m", StringComparison.Ordinal));
        var id = page.Url[^5..];
        await Assertions.Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await visit.PictureAsync("model-training");

        // One at a time.
        await page.GotoAsync("/models");
        await page.GetByRole(AriaRole.Button, new() { Name = "开始训练" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(id);

        await page.GotoAsync($"/models/{id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "取消训练" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("已取消");
        await page.GotoAsync("/models");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Row, new() { Name = id }))
            .ToContainTextAsync("已取消");
        Assert.Empty(visit.Complaints);
    }

    // A lawsuit has a channel of its own: it waits for a person whatever the model says.
    private async Task<string> WaitingAsync(string body) =>
        (await site.SubmitAsync("station", new { title = "", body }, Token)).Id;

    private async Task CategoryIsAsync(string id, string category) =>
        Assert.Equal(
            category,
            (await site.ProcessedAsync(id, Token))
                .GetProperty("category")
                .GetProperty("code")
                .GetString()
        );
}
