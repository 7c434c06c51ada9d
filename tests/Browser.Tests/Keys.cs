using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>The Tab key leads to everything that can be pressed or filled, and shows where it is.</summary>
internal static class Keys
{
    // Long lists repeat themselves: what is wrong with one line is wrong with all.
    private const int MostPresses = 90;

    // One of a group of radio buttons stands for all, as the keyboard has it.
    private const string Watch = """
        () => {
          const group = e => e.type === 'radio' ? e.name : e;
          const name = e => e.outerHTML.slice(0, 120);
          const reached = new Set(), unseen = new Set();
          document.addEventListener('focusin', ({ target }) => {
            reached.add(group(target));
            const { outlineStyle, outlineWidth } = getComputedStyle(target);
            if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) unseen.add(target);
          });
          const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
            .filter(e => !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0 && e.checkVisibility());
          window.missed = () => all.filter(e => !reached.has(group(e))).map(e => 'Tab never reaches ' + name(e));
          window.unseen = () => [...unseen].map(e => 'no focus is seen on ' + name(e));
          document.activeElement?.blur();
          return new Set(all.map(group)).size;
        }
        """;

    public static async Task<string[]> FaultsAsync(IPage page)
    {
        var all = await page.EvaluateAsync<int>(Watch);
        // A date has a stop for each of its parts, and the page's end is one too.
        var presses = Math.Min(all + 8, MostPresses);
        for (var i = 0; i < presses; i++)
            await page.Keyboard.PressAsync("Tab");
        return await page.EvaluateAsync<string[]>(
            presses == MostPresses ? "() => unseen()" : "() => [...missed(), ...unseen()]"
        );
    }
}
