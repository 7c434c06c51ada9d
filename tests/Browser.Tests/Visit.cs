using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>One browser window of its own; what its console complains of fails the test that asks.</summary>
public sealed class Visit : IAsyncDisposable
{
    private const int MostMilliseconds = 30_000;
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    private Visit(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>What scripts and the console said was wrong.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public static async Task<Visit> StartAsync(IBrowserContext context)
    {
        // A busy machine is slow; what is wrong stays wrong.
        context.SetDefaultTimeout(MostMilliseconds);
        Assertions.SetDefaultExpectTimeout(MostMilliseconds);
        var page = context.Pages.Count > 0 ? context.Pages[0] : await context.NewPageAsync();
        var visit = new Visit(context, page);
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

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
