using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>A finger on a small telephone: what it is to hit is large enough, and the page does not slip aside.</summary>
internal sealed class TouchHand(IPage page)
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

    /// <summary>A link, a button, or a box by its words.</summary>
    public async Task PressAsync(ILocator target)
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

    /// <summary>In place of what stands in a field.</summary>
    public async Task TypeAsync(ILocator field, string text)
    {
        await PressAsync(field);
        await Assertions.Expect(field).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>One line of a select.</summary>
    public async Task ChooseAsync(ILocator select, string value)
    {
        await PressAsync(select);
        // The list itself is the telephone's own, not the page's.
        await select.SelectOptionAsync(value);
    }

    /// <summary>A box, or one of several radio buttons.</summary>
    public async Task CheckAsync(ILocator box)
    {
        await PressAsync(box);
        await Assertions.Expect(box).ToBeCheckedAsync();
    }

    /// <summary>What is then to be read, within a place.</summary>
    public async Task ReadAsync(ILocator place, string text)
    {
        await Assertions.Expect(place).ToContainTextAsync(text);
        await FitsAsync();
    }

    // A telephone zooms out for what is too wide: its screen is the measure, not the window.
    private async Task FitsAsync()
    {
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        Assert.Equal(
            "360 of 360 at 0",
            await page.EvaluateAsync<string>(
                "() => `${document.documentElement.scrollWidth} of ${screen.width} at ${scrollX}`"
            )
        );
    }
}
