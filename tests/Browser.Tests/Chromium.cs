using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>The machine's own Chromium; nothing is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];

    /// <summary>Where it is. The tests fail without it: a page that nobody opened is not tested.</summary>
    public static string Path =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
            ? named
            : Array.Find(Places, File.Exists)
                ?? throw new InvalidOperationException(
                    "The browser tests need Chromium and Chinese fonts: `apt-get install -y chromium fonts-noto-cjk`"
                        + " (Debian), or set CHROMIUM to the path of a Chromium or Chrome."
                );

    /// <summary>How it is started; as root it cannot make its own sandbox.</summary>
    public static string[] Arguments { get; } =
        Environment.UserName == "root" ? ["--no-sandbox"] : [];

    public static Task<IBrowser> StartAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Path, Args = Arguments }
        );
}
