using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>Every page, in both themes and languages, wide and on a phone.</summary>
public sealed class EveryPageTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A picture's name, the account (none where nobody signs in) and the address. {…} stands for what PrepareAsync makes.
    private static readonly (string Name, string? Account, string Path)[] Pages =
    [
        ("sign-in", null, "/sign-in"),
        ("receipt", null, "/receipt"),
        ("receipt-found", null, "/receipt?code={receipt}"),
        ("receipt-unknown", null, "/receipt?code=0000"),
        ("offline", null, "/offline"),
        ("not-found", null, "/nowhere"),
        ("submit", "station", "/submit"),
        ("submit-any-station", "committee", "/submit"),
        ("sent", "station", "/sent/{id}"),
        ("mine", "station", "/mine"),
        ("slip", "station", "/sent/{told}/slip"),
        ("import", "station", "/import"),
        ("forums", "station", "/forums"),
        ("forum-new", "station", "/forums/new"),
        ("forum", "station", "/forums/{forum}"),
        ("forum-notice", "station", "/forums/{forum}/notice"),
        ("forum-record", "station", "/forums/{forum}/record"),
        ("overview", "committee", "/"),
        ("submissions", "committee", "/submissions"),
        ("submission", "committee", "/submissions/{id}"),
        ("issues", "committee", "/issues"),
        ("desk", "office", "/desk"),
        ("desk-any-office", "committee", "/desk?office=O01&tab=continuing"),
        ("desk-nothing-found", "office", "/desk?q=无此事"),
        ("desk-issue", "committee", "/desk/{issue}"),
        ("desk-issue-handed-back", "committee", "/desk/{handedBack}"),
        ("handbacks", "committee", "/handbacks"),
        ("digests", "office", "/digests"),
        ("reports", "committee", "/reports"),
        ("report", "committee", "/reports/{report}"),
        ("report-adopted", "committee", "/reports/{adopted}"),
        ("slips", "committee", "/reports/{adopted}/slips"),
        ("account", "committee", "/account"),
        ("account-empty", "committee", "/account/2020-02"),
        ("recurring", "committee", "/recurring"),
        ("regroup", "committee", "/issues/{recurring}/regroup"),
        ("issue", "committee", "/issues/{recurring}"),
        ("labels", "trainer", "/labels"),
        ("labels-disagreed", "trainer", "/labels?disagreed=true"),
        ("label", "trainer", "/labels/{review}"),
        ("models", "trainer", "/models"),
        ("model", "trainer", "/models/m0001"),
        ("drift", "trainer", "/models/drift"),
        ("admin", "admin", "/admin"),
        ("admin-keys", "admin", "/admin/keys"),
        ("admin-poison", "admin", "/admin/poison"),
        ("admin-audit", "admin", "/admin/audit"),
        ("admin-categories", "admin", "/admin/categories"),
        ("admin-directory", "admin", "/admin/directory"),
    ];

    // PAGES=label,admin opens those alone whose names begin so, for whoever works on them.
    public static TheoryData<string> Names =>
        [
            .. Pages
                .Select(p => p.Name)
                .Where(n =>
                    Environment.GetEnvironmentVariable("PAGES") is not { Length: > 0 } wanted
                    || wanted.Split(',').Any(w => n.StartsWith(w, StringComparison.Ordinal))
                ),
        ];

    [Theory, MemberData(nameof(Names))]
    public async Task A_page_is_accessible_fits_a_phone_and_complains_of_nothing(string name)
    {
        var (_, account, path) = Array.Find(Pages, p => p.Name == name);
        var values = await Samples.MadeAsync(site, Token);
        foreach (var (key, value) in values)
            path = path.Replace($"{{{key}}}", value, StringComparison.Ordinal);
        var faults = new List<string>();
        foreach (var (dark, english, wide) in Ways)
        {
            var way =
                $"{name}-{(wide ? "wide" : "phone")}-{(dark ? "dark" : "light")}-{(english ? "en" : "zh")}";
            await using var visit = await site.VisitAsync(
                account,
                new BrowserNewContextOptions
                {
                    ViewportSize = new ViewportSize
                    {
                        Width = wide ? 1200 : 360,
                        Height = wide ? 800 : 740,
                    },
                    ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                }
            );
            if (english)
                await visit.Page.GotoAsync("/receipt?lang=en");
            var answer = await visit.Page.GotoAsync(path);
            await visit.PictureAsync(way);
            var refused = answer!.Status >= 400;
            if (refused != (name == "not-found"))
                faults.Add($"{way}: status {answer.Status}");
            var width = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > (wide ? 1200 : 360))
                faults.Add($"{way}: {width} pixels wide");
            // The console tells of the refused page itself; that is what was asked for.
            faults.AddRange(
                visit
                    .Complaints.Where(c => !refused || !c.Contains("404"))
                    .Select(c => $"{way}: {c}")
            );
            var axe = await visit.Page.RunAxe();
            faults.AddRange(
                axe.Violations.SelectMany(
                    v => v.Nodes,
                    (v, node) => $"{way}: {v.Id}: {v.Help}: {node.Html}"
                )
            );
        }
        Assert.Empty(faults);
    }

    // Each theme and each language, wide and narrow; not every combination of the three.
    private static readonly (bool Dark, bool English, bool Wide)[] Ways =
    [
        (false, false, true),
        (true, false, false),
        (false, true, false),
        (true, true, true),
    ];
}
