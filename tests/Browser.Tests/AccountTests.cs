using System.IO.Compression;
using System.Text;
using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>The committee looks a month's account up and takes it along.</summary>
public sealed class AccountTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_month_is_looked_up_and_taken_along_for_excel_and_for_word()
    {
        await Samples.MadeAsync(site, Token);
        await using var visit = await site.VisitAsync("committee");
        var page = visit.Page;
        await page.GotoAsync("/recurring");
        await page.GetByRole(AriaRole.Link, new() { Name = "通报" }).ClickAsync();
        var title = await page.Locator("h1").InnerTextAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("石桥镇双石村联络站");

        var csv = await FileAsync(page, "CSV");
        Assert.Equal(Encoding.UTF8.Preamble, csv.AsSpan(0, 3));
        Assert.StartsWith(title, Encoding.UTF8.GetString(csv.AsSpan(3)), StringComparison.Ordinal);
        using var word = new ZipArchive(new MemoryStream(await FileAsync(page, "Word 文档")));
        using var text = new StreamReader(word.GetEntry("word/document.xml")!.Open());
        Assert.Contains(title, await text.ReadToEndAsync(Token), StringComparison.Ordinal);

        var select = page.GetByLabel("月份");
        await select.SelectOptionAsync(new SelectOptionValue { Index = 35 });
        await page.GetByRole(AriaRole.Button, new() { Name = "查看" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("本月没有来件。");
        Assert.NotEqual(title, await page.Locator("h1").InnerTextAsync());
        Assert.Equal(404, (await page.GotoAsync("/account/2999-01"))!.Status);
    }

    private static async Task<byte[]> FileAsync(IPage page, string link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync()
        );
        return await File.ReadAllBytesAsync(await download.PathAsync(), Token);
    }
}
