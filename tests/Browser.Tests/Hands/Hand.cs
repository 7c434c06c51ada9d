using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests.Hands;

/// <summary>Which hand somebody works with.</summary>
public enum By
{
    Touch,
    Keyboard,
}

/// <summary>Somebody before a page, with a keyboard alone or with a finger alone: the tests say what is done, the hand knows how.</summary>
internal abstract class Hand(Visit visit) : IAsyncDisposable
{
    public IPage Page => visit.Page;

    public ILocator Main => Page.Locator("main");

    /// <summary>What scripts and the console said was wrong.</summary>
    public IReadOnlyList<string> Complaints => visit.Complaints;

    /// <summary>A hand at a page, signed in as an account or as nobody.</summary>
    public static async Task<Hand> OpenAsync(Site site, By by, string? account, string path)
    {
        var visit = await site.VisitAsync(account, by == By.Touch ? TouchHand.Phone : null);
        await visit.Page.GotoAsync(path);
        return by == By.Touch ? new TouchHand(visit) : new KeyboardHand(visit);
    }

    public ILocator Button(string name) =>
        Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) =>
        Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Radio(string name) =>
        Page.GetByRole(AriaRole.Radio, new() { Name = name, Exact = true });

    public ILocator Field(string label) => Page.GetByLabel(label);

    /// <summary>A link, a button, or whatever else opens when it is pressed.</summary>
    public abstract Task PressAsync(ILocator target);

    /// <summary>A check box, or one of several radio buttons.</summary>
    public abstract Task CheckAsync(ILocator box);

    /// <summary>One line of a select, by its value.</summary>
    public abstract Task ChooseAsync(ILocator select, string value);

    /// <summary>Into a field, to type there.</summary>
    protected abstract Task EnterAsync(ILocator field);

    /// <summary>In place of what stands in a field.</summary>
    public async Task TypeAsync(ILocator field, string text)
    {
        await EnterAsync(field);
        await Assertions.Expect(field).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Files, from the device's own list, which is not the page's.</summary>
    public async Task GiveAsync(ILocator field, params FilePayload[] files)
    {
        var list = await Page.RunAndWaitForFileChooserAsync(() => PressAsync(field));
        await list.SetFilesAsync(files);
    }

    /// <summary>What is then to be read, within a place.</summary>
    public virtual Task ReadAsync(ILocator place, string text) =>
        Assertions.Expect(place).ToContainTextAsync(text);

    /// <summary>Goes on at another page, by its address.</summary>
    public Task GoAsync(string path) => Page.GotoAsync(path);

    /// <summary>Keeps a picture where SCREENSHOTS names a folder.</summary>
    public Task PictureAsync(string name) =>
        visit.PictureAsync($"hand-{name}-{(this is TouchHand ? "touch" : "keyboard")}");

    public ValueTask DisposeAsync() => visit.DisposeAsync();
}
