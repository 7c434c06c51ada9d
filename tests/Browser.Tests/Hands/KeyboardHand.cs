using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests.Hands;

/// <summary>
/// Whoever has no mouse: Tab and Shift+Tab until it is there, Space, Enter and the arrows. At every stop it must be seen
/// where one is.
/// </summary>
internal sealed class KeyboardHand(Visit visit) : Hand(visit)
{
    // More stops than that between here and there is no way to work.
    private const int MostTabs = 120;

    // How far off a control is in the page's order: 0 here, 1 further on, -1 before. Of radio buttons one is a stop, for all.
    private const string Where = """
        target => {
          const here = document.activeElement;
          const all = target.type === 'radio'
            ? [...document.getElementsByName(target.name)].filter(e => e.form === target.form) : [target];
          if (all.includes(here)) return 0;
          const stop = all.find(e => e.checked) ?? target;
          return here.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
        }
        """;

    // What is wrong with where the focus stands: nothing shows it, it lies outside the window, or something lies over it.
    // A line's height within the window is enough: of a large field the browser brings the cursor into view.
    private const string Unseen = """
        () => {
          const here = document.activeElement;
          if (!here || here === document.body) return null;
          const name = here.outerHTML.slice(0, 120);
          const { outlineStyle, outlineWidth } = getComputedStyle(here);
          if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2)
            return `No focus is seen on ${name}`;
          const within = (from, to, size) => Math.min(to, size) - Math.max(from, 0) >= Math.min(to - from, 24) - 1;
          const box = here.getBoundingClientRect();
          if (!within(box.left, box.right, innerWidth) || !within(box.top, box.bottom, innerHeight))
            return `The focus is outside the window on ${name}`;
          const [line] = here.getClientRects();
          const middle = (from, to, size) => (Math.max(from, 0) + Math.min(to, size)) / 2;
          const over = document.elementFromPoint(
            middle(line.left, line.right, innerWidth), middle(line.top, line.bottom, innerHeight));
          return here.contains(over) ? null : `${over?.outerHTML.slice(0, 120)} lies over ${name}`;
        }
        """;

    public override async Task PressAsync(ILocator target)
    {
        await EnterAsync(target);
        await Page.Keyboard.PressAsync("Enter");
    }

    public override async Task CheckAsync(ILocator box)
    {
        await EnterAsync(box);
        for (var pressed = 0; pressed < MostTabs && !await IsHereAsync(box); pressed++)
            await Page.Keyboard.PressAsync("ArrowDown");
        if (!await box.IsCheckedAsync())
            await Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(box).ToBeCheckedAsync();
    }

    public override async Task ChooseAsync(ILocator select, string value)
    {
        await EnterAsync(select);
        var lines = await select.EvaluateAsync<int>(
            "(e, value) => [...e.options].findIndex(o => o.value === value) - e.selectedIndex",
            value
        );
        for (var pressed = 0; pressed < Math.Abs(lines); pressed++)
            await Page.Keyboard.PressAsync(lines > 0 ? "ArrowDown" : "ArrowUp");
        await Assertions.Expect(select).ToHaveValueAsync(value);
    }

    protected override async Task EnterAsync(ILocator field)
    {
        await Assertions.Expect(field).ToBeVisibleAsync();
        var way = await field.EvaluateAsync<int>(Where) < 0 ? "Shift+Tab" : "Tab";
        for (var pressed = 0; await field.EvaluateAsync<int>(Where) != 0; pressed++)
        {
            Assert.True(pressed < MostTabs, $"{MostTabs} times {way} do not reach {field}");
            await Page.Keyboard.PressAsync(way);
            var fault = await Page.EvaluateAsync<string?>(Unseen);
            Assert.True(fault is null, fault);
        }
    }

    private static Task<bool> IsHereAsync(ILocator target) =>
        target.EvaluateAsync<bool>("e => e === document.activeElement");
}
