using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests.Hands;

/// <summary>A finger on a small telephone: what it is to hit is large enough, and the page does not slip aside.</summary>
internal sealed class TouchHand(Visit visit) : Hand(visit)
{
    // WCAG 2.2, 2.5.8, in CSS pixels.
    private const int LeastSize = 24;

    /// <summary>The telephone.</summary>
    public static BrowserNewContextOptions Phone { get; } =
        new()
        {
            ViewportSize = new() { Width = 360, Height = 740 },
            HasTouch = true,
            IsMobile = true,
        };

    public override async Task PressAsync(ILocator target)
    {
        await Assertions.Expect(target).ToBeVisibleAsync();
        // A finger hits a box by the words that stand beside it.
        if (await target.EvaluateAsync<bool>("e => e.type === 'radio' || e.type === 'checkbox'"))
            target = target.Locator("xpath=ancestor::label");
        await FitsAsync();
        var box = (await target.BoundingBoxAsync())!;
        Assert.True(
            box.Width >= LeastSize && box.Height >= LeastSize,
            $"{target} is {box.Width:0.#} by {box.Height:0.#} px"
        );
        await target.TapAsync();
    }

    protected override Task EnterAsync(ILocator field) => PressAsync(field);

    public override async Task CheckAsync(ILocator box)
    {
        await PressAsync(box);
        await Assertions.Expect(box).ToBeCheckedAsync();
    }

    public override async Task ChooseAsync(ILocator select, string value)
    {
        await PressAsync(select);
        // The list itself is the telephone's own, not the page's.
        await select.SelectOptionAsync(value);
    }

    public override async Task ReadAsync(ILocator place, string text)
    {
        await base.ReadAsync(place, text);
        await FitsAsync();
    }

    // A telephone zooms out for what is too wide: its screen is the measure, not the window. The page itself says when it
    // is all there: an event that comes between two questions would be waited for in vain.
    private async Task FitsAsync()
    {
        var fits = await Page.WaitForFunctionAsync(
            "() => document.readyState !== 'loading' && `${document.documentElement.scrollWidth} of ${screen.width} at ${scrollX}`"
        );
        Assert.Equal("360 of 360 at 0", await fits.JsonValueAsync<string>());
    }
}
