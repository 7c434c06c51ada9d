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
          const reached = new Set(), hidden = new Set();
          document.addEventListener('focusin', ({ target }) => {
            reached.add(target);
            const { outlineStyle, outlineWidth } = getComputedStyle(target);
            if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) hidden.add(target);
          });
          const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
            .filter(e => !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0 && e.checkVisibility());
          const groups = all.filter(e => e.type === 'radio').map(e => e.form?.id + e.name);
          const name = e => e.outerHTML.slice(0, 120);
          window.keys = {
            all: all.length - (groups.length - new Set(groups).size),
            done: () => all.every(e => reached.has(e) || e.type === 'radio'),
            faults: most => [
              ...(most ? [] : all.filter(e => !reached.has(e) && !(e.type === 'radio' && all.some(o => o.name === e.name && reached.has(o)))).map(e => 'Tab never reaches ' + name(e))),
              ...[...hidden].map(e => 'no focus is seen on ' + name(e)),
            ],
          };
          document.activeElement?.blur();
          return window.keys.all;
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
            "most => window.keys.faults(most)",
            presses == MostPresses
        );
    }
}
