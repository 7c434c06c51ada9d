using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>A browser window of its own, or a tab in one that others use; what its console complains of fails the test that asks.</summary>
public sealed class Visit : IAsyncDisposable
{
    private const int MostMilliseconds = 30_000;
    private readonly bool tab;
    private readonly List<string> complaints = [];

    private Visit(IPage page, bool tab) => (Page, this.tab) = (page, tab);

    public IPage Page { get; }

    /// <summary>What scripts and the console said was wrong.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public static async Task<Visit> StartAsync(IBrowserContext context, bool tab = false)
    {
        // A busy machine is slow; what is wrong stays wrong.
        context.SetDefaultTimeout(MostMilliseconds);
        Assertions.SetDefaultExpectTimeout(MostMilliseconds);
        var page =
            !tab && context.Pages.Count > 0 ? context.Pages[0] : await context.NewPageAsync();
        var visit = new Visit(page, tab);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                visit.complaints.Add(message.Text);
        };
        page.PageError += (_, error) => visit.complaints.Add(error);
        return visit;
    }

    /// <summary>Keeps a picture where SCREENSHOTS names a folder.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(
                new PageScreenshotOptions
                {
                    Path = Path.Combine(folder, name + ".png"),
                    FullPage = true,
                }
            );
    }

    public async ValueTask DisposeAsync()
    {
        if (tab)
            await Page.CloseAsync();
        else
            await Page.Context.DisposeAsync();
    }
}
