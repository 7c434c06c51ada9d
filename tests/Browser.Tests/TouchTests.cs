using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>Each task by a finger on a telephone of 360 px.</summary>
[Collection("County and models")]
public sealed class TouchTests(Site site) : TaskTests(site)
{
    protected override BrowserNewContextOptions? Window => TouchHand.Phone;

    internal override IHand HandOn(IPage page) => new TouchHand(page);

    protected override string One(string byKeyboard, string byTouch) => byTouch;

    protected override async Task LabelTransportAsync(IPage page)
    {
        var hand = HandOn(page);
        await hand.CheckAsync(
            page.GetByRole(AriaRole.Radio, new() { Name = "2 交通运输", Exact = true })
        );
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "保存，看下一件" }));
    }
}
