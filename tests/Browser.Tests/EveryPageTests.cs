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
        ("guide", null, "/guide"),
        ("guide-citizen", null, "/guide/citizen"),
        ("guide-station", "station", "/guide/station"),
        ("guide-recorder", "station", "/guide/recorder"),
        ("guide-office", "office", "/guide/office"),
        ("guide-committee", "committee", "/guide/committee"),
        ("guide-trainer", "trainer", "/guide/trainer"),
        ("guide-admin", "admin", "/guide/admin"),
        ("not-found", null, "/nowhere"),
        ("submit", "station", "/submit"),
        ("submit-any-station", "committee", "/submit"),
        ("sent", "station", "/sent/{id}"),
        ("split", "station", "/sent/{id}/split"),
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
        ("digests-any-office", "committee", "/digests"),
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
        ("admin-routing", "admin", "/admin/routing"),
        ("admin-directory", "admin", "/admin/directory"),
        ("admin-directory-stations", "admin", "/admin/directory/stations"),
        ("admin-directory-taxonomy", "admin", "/admin/directory/taxonomy?find=0101"),
        ("admin-directory-points", "admin", "/admin/directory/points"),
        ("admin-directory-letterhead", "admin", "/admin/directory/letterhead"),
        ("admin-directory-new", "admin", "/admin/directory/holidays/line"),
        (
            "admin-directory-refused",
            "admin",
            "/admin/directory/stations/line?code=T+1&name=&township=T01&kind=&preview=true"
        ),
        (
            "admin-directory-rule",
            "admin",
            "/admin/directory/routing/line?key=01&category=01&office=O05&preview=true"
        ),
        (
            "admin-directory-merger",
            "admin",
            "/admin/directory/taxonomy/line?key=0101&do=become&to=0105&on=2026-11-26&note=&preview=true"
        ),
        (
            "admin-directory-in-use",
            "admin",
            "/admin/directory/offices/line?key=O01&do=remove&preview=true"
        ),
        (
            "admin-directory-otherwise",
            "admin",
            "/admin/directory/offices/line?key=O26&do=last&preview=true"
        ),
        ("admin-directory-seeds", "admin", "/admin/directory/offices/line?do=seeds&preview=true"),
        ("admin-directory-back", "admin", "/admin/directory/back?edition=1"),
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
        foreach (var (key, value) in await Samples.MadeAsync(site, Token))
            path = path.Replace($"{{{key}}}", value, StringComparison.Ordinal);
        // Each language in a window of its own, side by side.
        var looks = await Task.WhenAll(
            LookAsync(name, account, path, english: false),
            LookAsync(name, account, path, english: true)
        );
        var faults = looks.SelectMany(f => f).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    // The page is loaded once a language; theme and width change under it, as they do when somebody turns a phone at dusk.
    private async Task<List<string>> LookAsync(
        string name,
        string? account,
        string path,
        bool english
    )
    {
        var faults = new List<string>();
        await using var visit = await site.TabAsync(account, english);
        var page = visit.Page;
        var answer = await page.GotoAsync(path);
        var refused = answer!.Status >= 400;
        if (refused != (name == "not-found"))
            faults.Add($"{name}: status {answer.Status}");
        foreach (var (dark, wide) in english ? InEnglish : InChinese)
        {
            var way =
                $"{name}-{(wide ? "wide" : "phone")}-{(dark ? "dark" : "light")}-{(english ? "en" : "zh")}";
            await page.SetViewportSizeAsync(wide ? 1200 : 360, wide ? 800 : 740);
            await page.EmulateMediaAsync(
                new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light }
            );
            await visit.PictureAsync(way);
            var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > (wide ? 1200 : 360))
                faults.Add($"{way}: {width} pixels wide");
            faults.AddRange((await Axe.FaultsAsync(page)).Select(f => $"{way}: {f}"));
            if (wide)
                faults.AddRange((await Columns.FaultsAsync(page)).Select(f => $"{way}: {f}"));
        }
        // The same page in the other language has the same keys.
        if (!english)
            faults.AddRange((await Keys.FaultsAsync(page)).Select(f => $"{name}: {f}"));
        // The console tells of the refused page itself; that is what was asked for.
        faults.AddRange(
            visit
                .Complaints.Where(c => !refused || !c.Contains("404"))
                .Select(c => $"{name}-{(english ? "en" : "zh")}: {c}")
        );
        return faults;
    }

    // Each theme and each language, wide and narrow; not every combination of the three.
    private static readonly (bool Dark, bool Wide)[] InChinese = [(false, true), (true, false)];
    private static readonly (bool Dark, bool Wide)[] InEnglish = [(false, false), (true, true)];
}
