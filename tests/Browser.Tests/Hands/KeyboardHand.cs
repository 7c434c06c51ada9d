using System.Text.Json;
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

    // Asked before the first Tab and then only where the control may have been reached: how many stops away it is at the
    // least, before here where that is less than none, 0 where it is here; and what was wrong at the stops since. At each
    // the page looks for itself, when the key is let go: of another page nothing is known yet. Of radio buttons one is a
    // stop, for all.
    private const string Look = """
        target => {
          const known = 'faultsSeen' in window;
          if (!known) {
            window.faultsSeen = [];
            // Nothing shows the focus, it lies outside the window, or something lies over it. A line's height within the
            // window is enough: of a large field the browser brings the cursor into view.
            const unseen = here => {
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
            };
            addEventListener('keyup', ({ key }) => {
              if (key === 'Tab') faultsSeen.push(unseen(document.activeElement));
            }, true);
          }
          const seen = faultsSeen.splice(0);
          const answer = stops => ({ stops, looks: known ? seen.length : null, fault: seen.find(f => f) ?? null });
          const here = document.activeElement;
          const all = target.type === 'radio'
            ? [...document.getElementsByName(target.name)].filter(e => e.form === target.form) : [target];
          if (all.includes(here)) return answer(0);
          const stop = all.find(e => e.checked) ?? target;
          const follows = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
          const way = here.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
          // From nowhere the first Tab leads anywhere: the browser remembers where something was.
          if (here === document.body) return answer(way);
          const [from, to] = way > 0 ? [here, stop] : [stop, here];
          const between = [...document.querySelectorAll('a[href], button, input:not([type=radio]), select, textarea, summary')]
            .filter(e => follows(from, e) && follows(e, to) && e.tabIndex >= 0 && !e.matches(':disabled')
              && e.checkVisibility({ visibilityProperty: true }) && (e.localName !== 'summary' || e.matches('details > summary:first-of-type')));
          return answer(way * (between.length + 1));
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
        for (int pressed = 0, stops = 0; ; pressed += Math.Abs(stops))
        {
            var now = await LookAsync(field, Math.Abs(stops));
            if (now == 0)
                return;
            stops = now;
            var way = stops > 0 ? "Tab" : "Shift+Tab";
            Assert.True(
                pressed + Math.Abs(stops) <= MostTabs,
                $"{MostTabs} times {way} do not reach {field}"
            );
            for (var left = Math.Abs(stops); left > 0; left--)
                await Page.Keyboard.PressAsync(way);
        }
    }

    private static async Task<int> LookAsync(ILocator target, int pressed)
    {
        var answer = (await target.EvaluateAsync(Look))!.Value;
        var fault = answer.GetProperty("fault").GetString();
        Assert.True(fault is null, fault);
        if (answer.GetProperty("looks") is { ValueKind: JsonValueKind.Number } looks)
            Assert.Equal(pressed, looks.GetInt32());
        return answer.GetProperty("stops").GetInt32();
    }

    private static Task<bool> IsHereAsync(ILocator target) =>
        target.EvaluateAsync<bool>("e => e === document.activeElement");
}
