using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>The accessibility checks of axe-core, run in a page as it stands.</summary>
internal static class Axe
{
    // Targets of 24 pixels are part of WCAG 2.2 AA, and off unless they are asked for.
    private const string Run = """
        async () => {
          const { violations } = await axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
          return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.html}`));
        }
        """;

    /// <summary>Every page of the window has it from its start.</summary>
    public static Task AddToAsync(IBrowserContext context) => context.AddInitScriptAsync(Script);

    /// <summary>What is wrong in the page, a line each.</summary>
    public static Task<string[]> FaultsAsync(IPage page) => page.EvaluateAsync<string[]>(Run);

    private static string Script
    {
        get
        {
            using var script = typeof(AxeResult).Assembly.GetManifestResourceStream(
                "Deque.AxeCore.Commons.Resources.axe.min.js"
            )!;
            return new StreamReader(script).ReadToEnd();
        }
    }
}
