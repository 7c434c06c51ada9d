using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>Whoever follows the guide arrives.</summary>
public sealed class GuideTests(Site site)
{
    [Fact]
    public async Task Every_link_of_the_guide_leads_to_a_page_and_every_picture_is_there()
    {
        await using var visit = await site.VisitAsync("admin");
        var page = visit.Page;
        var looked = new HashSet<string>();
        await page.GotoAsync("/guide");
        var roles = await AddressesAsync(page, "main .list a", "href");
        Assert.Equal(7, roles.Length);
        foreach (var role in roles)
        {
            var headings = new List<int>();
            foreach (var language in new[] { "zh", "en" })
            {
                await page.GotoAsync($"{role}?lang={language}");
                headings.Add(await page.Locator(".guide h2").CountAsync());
                foreach (
                    var address in (
                        await AddressesAsync(page, ".guide a[href^='/']", "href")
                    ).Concat(await AddressesAsync(page, ".guide img", "src"))
                )
                    if (looked.Add(address))
                        Assert.Equal(200, (await page.APIRequest.GetAsync(address)).Status);
            }
            // Both languages tell of the same tasks.
            Assert.Equal(headings[0], headings[1]);
        }
        Assert.Empty(visit.Complaints);
    }

    // Whole addresses, so that a picture's counts from its page.
    private static Task<string[]> AddressesAsync(IPage page, string selector, string attribute) =>
        page.Locator(selector).EvaluateAllAsync<string[]>($"all => all.map(e => e.{attribute})");
}
