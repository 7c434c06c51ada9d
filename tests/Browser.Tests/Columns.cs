using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>A column's heading stands over its cells: left of words, right of numbers.</summary>
internal static class Columns
{
    private const string Look = """
        () => [...document.querySelectorAll('table')].flatMap(table => {
          const side = cell => getComputedStyle(cell).textAlign;
          const heads = [...table.querySelectorAll('thead th')];
          const rows = [...table.querySelectorAll('tbody tr')];
          return heads.filter((head, i) => rows.some(row => row.cells[i] && side(row.cells[i]) !== side(head)))
            .map(head => `the heading “${head.textContent}” stands elsewhere than its cells`);
        })
        """;

    public static Task<string[]> FaultsAsync(IPage page) => page.EvaluateAsync<string[]>(Look);
}
