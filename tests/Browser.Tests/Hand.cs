using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests;

/// <summary>What somebody works a page with, once it is open.</summary>
internal interface IHand
{
    /// <summary>A link or a button.</summary>
    Task PressAsync(ILocator target);

    /// <summary>In place of what stands in a field.</summary>
    Task TypeAsync(ILocator field, string text);

    /// <summary>One line of a select.</summary>
    Task ChooseAsync(ILocator select, string value);

    /// <summary>A box, or one of several radio buttons.</summary>
    Task CheckAsync(ILocator box);

    /// <summary>Gives a file to a field.</summary>
    Task AttachAsync(ILocator field, FilePayload file);

    /// <summary>What is then to be read, within a place.</summary>
    Task ReadAsync(ILocator place, string text);
}
