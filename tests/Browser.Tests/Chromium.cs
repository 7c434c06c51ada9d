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

    // Two pages that every new window loads for its address line, which nobody here sees: they cost more than the window
    // itself. The last list counts alone, so what Playwright turns off stands here once more.
    private static readonly string[] TurnedOff =
    [
        "WebUIOmniboxPopup",
        "WebUIOmniboxAimPopup",
        "AvoidUnnecessaryBeforeUnloadCheckSync",
        "DestroyProfileOnBrowserClose",
        "DialMediaRouteProvider",
        "GlobalMediaControls",
        "HttpsUpgrades",
        "LensOverlay",
        "MediaRouter",
        "PaintHolding",
        "ThirdPartyStoragePartitioning",
        "BlockOriginHeaderModificationOnRedirect",
        "AvoidCorsURLLoaderRestartOnRedirect",
        "Translate",
        "AutoDeElevate",
        "OptimizationHints",
        "NetworkTimeServiceQuerying",
        "AimEnabled",
    ];

    /// <summary>How it is started; as root it cannot make its own sandbox.</summary>
    public static string[] Arguments { get; } =
    [
        "--disable-features=" + string.Join(',', TurnedOff),
        .. Environment.UserName == "root" ? ["--no-sandbox"] : Array.Empty<string>(),
    ];

    public static Task<IBrowser> StartAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Path, Args = Arguments }
        );
}
