using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using OpinionPipeline.Local.Tests.Servers;

[assembly: AssemblyFixture(typeof(OpinionPipeline.Browser.Tests.Site))]

namespace OpinionPipeline.Browser.Tests;

/// <summary>The real server with an account of each kind, and one Chromium for all tests.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("op-pages-").FullName;
    private readonly Dictionary<string, string> keys = [];
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> signedIn = [];
    private readonly ConcurrentDictionary<
        (string Account, bool English),
        Lazy<Task<IBrowserContext>>
    > windows = [];
    private LocalServer server = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public Uri Address => server.Address;

    /// <summary>True where it has the samples' county.</summary>
    public bool Samples { get; init; }

    public async ValueTask InitializeAsync()
    {
        var none = CancellationToken.None;
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.StartAsync(playwright);
        if (Samples)
            await LocalServer.RunAsync(
                none,
                "run",
                Path.Combine(AppContext.BaseDirectory, "seeds/samples/submissions.csv"),
                "--data",
                data,
                "--out",
                Path.Combine(data, "out")
            );
        keys["station"] = await LocalServer.KeyAsync(data, none, "--station", "T04S01");
        keys["recorder"] = await LocalServer.KeyAsync(data, none, "--station", "T04S02");
        keys["office"] = await LocalServer.KeyAsync(
            data,
            none,
            "--role",
            "office",
            "--office",
            "O01"
        );
        foreach (var role in new[] { "committee", "trainer", "admin" })
            keys[role] = await LocalServer.KeyAsync(data, none, "--role", role);
        server = await LocalServer.StartAsync(data, none);
    }

    /// <summary>The API with the key of an account.</summary>
    public HttpClient Client(string account) => server.Client(keys[account]);

    /// <summary>A page signed in as an account, or as nobody; the visit says in the end what the console said.</summary>
    public async Task<Visit> VisitAsync(string? account, BrowserNewContextOptions? options = null)
    {
        options = options is null ? new() : new(options);
        options.BaseURL = Address.ToString();
        options.StorageState = account is null
            ? null
            : await signedIn.GetOrAdd(account, a => new(() => CookieAsync(a))).Value;
        return await Visit.StartAsync(await browser.NewContextAsync(options));
    }

    /// <summary>A new tab in the window of an account in one language, with axe in it; the window stays for the next.</summary>
    public async Task<Visit> TabAsync(string? account, bool english) =>
        await Visit.StartAsync(
            await windows
                .GetOrAdd((account ?? "", english), _ => new(() => WindowAsync(account, english)))
                .Value,
            tab: true
        );

    private async Task<IBrowserContext> WindowAsync(string? account, bool english)
    {
        var visit = await VisitAsync(account);
        var window = visit.Page.Context;
        await Axe.AddToAsync(window);
        if (english)
            await visit.Page.GotoAsync("/receipt?lang=en");
        await visit.Page.CloseAsync();
        return window;
    }

    // Each account signs in once; its cookie serves all its windows.
    private async Task<string> CookieAsync(string account)
    {
        await using var visit = await VisitAsync(null);
        await SignInAsync(visit.Page, keys[account]);
        return await visit.Page.Context.StorageStateAsync();
    }

    /// <summary>Types a key into the form.</summary>
    public static async Task SignInAsync(IPage page, string key)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("[name=key]").FillAsync(key);
        await page.Locator("main button").ClickAsync();
        // Not until the page's load event, which once was gone before anybody listened: whoever looks at the page waits for it.
        await page.WaitForURLAsync(
            url => !url.Contains("/sign-in", StringComparison.Ordinal),
            new() { WaitUntil = WaitUntilState.Commit }
        );
    }

    /// <summary>A submission made through the API, once it is processed.</summary>
    public async Task<(string Id, string Receipt)> SubmitAsync(
        string account,
        object submission,
        CancellationToken cancellation
    )
    {
        using var client = Client(account);
        var answer = await client.PostAsJsonAsync("/api/v1/submissions", submission, cancellation);
        answer.EnsureSuccessStatusCode();
        var accepted = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        var id = accepted.GetProperty("id").GetString()!;
        await ProcessedAsync(id, cancellation);
        return (id, accepted.GetProperty("receipt").GetString()!);
    }

    /// <summary>A submission as the committee sees it, once it is processed.</summary>
    public async Task<JsonElement> ProcessedAsync(string id, CancellationToken cancellation)
    {
        using var client = Client("committee");
        return await SoonAsync(
            () => client.GetFromJsonAsync<JsonElement>($"/api/v1/submissions/{id}", cancellation),
            now => now.GetProperty("status").GetString() == "processed",
            cancellation
        );
    }

    /// <summary>Labels a submission and waits until its issue is the office's, where one is named.</summary>
    /// <returns>The issue.</returns>
    public async Task<string> GiveAsync(
        string id,
        string category,
        string? office,
        CancellationToken cancellation
    )
    {
        using var client = Client("committee");
        var answer = await client.PostAsJsonAsync(
            "/api/v1/labels",
            new { submissionId = id, category },
            cancellation
        );
        answer.EnsureSuccessStatusCode();
        var issue = (await ProcessedAsync(id, cancellation)).GetProperty("issueId").GetString()!;
        var given = await SoonAsync(
            () => client.GetFromJsonAsync<JsonElement>($"/api/v1/issues/{issue}", cancellation),
            now => office is null || now.GetProperty("office").GetString() == office,
            cancellation
        );
        return given.GetProperty("id").GetString()!;
    }

    /// <summary>Waits until an office's digest is made.</summary>
    public async Task DigestMadeAsync(string id, CancellationToken cancellation)
    {
        using var client = Client("office");
        await SoonAsync(
            () => client.GetFromJsonAsync<JsonElement>("/api/v1/digests", cancellation),
            now =>
                now.GetProperty("items")
                    .EnumerateArray()
                    .Any(d => d.GetProperty("id").GetString() == id),
            cancellation
        );
    }

    // What does not come in a minute does not come: better a test that says so than one that never ends.
    private static async Task<JsonElement> SoonAsync(
        Func<Task<JsonElement>> ask,
        Func<JsonElement, bool> isThere,
        CancellationToken cancellation
    )
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var now = await ask();
            if (isThere(now))
                return now;
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromMinutes(1))
                throw new TimeoutException($"After a minute it is still {now}");
            await Task.Delay(50, cancellation);
        }
    }

    /// <summary>What the API says to whoever comes with that key.</summary>
    public async Task<HttpStatusCode> AskAsync(string secret, CancellationToken cancellation)
    {
        using var client = server.Client(secret);
        using var answer = await client.GetAsync("/api/v1/forums", cancellation);
        return answer.StatusCode;
    }

    /// <summary>A message that could not be worked off, as if it had been tried too often.</summary>
    public async Task PutAsideAsync(string queue, string body)
    {
        await using var database = new SqliteConnection(
            $"Data Source={Path.Combine(data, "pipeline.db")};Pooling=False"
        );
        await database.OpenAsync();
        await using var write = database.CreateCommand();
        write.CommandText = "INSERT INTO poison(queue, body, since) VALUES($queue, $body, $since)";
        write.Parameters.AddWithValue("$queue", queue);
        write.Parameters.AddWithValue("$body", body);
        write.Parameters.AddWithValue("$since", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        await write.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await server.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
