using Markdig;

namespace OpinionPipeline.Web.Pages.Guide;

/// <summary>What the guide tells one role in one language.</summary>
/// <param name="Heading">Who it is for.</param>
/// <param name="Lead">What they do, in a line.</param>
/// <param name="Html">Their tasks.</param>
internal sealed record GuideText(string Heading, string Lead, string Html);

/// <summary>The guide's texts, written as Markdown in docs/guide: a heading, a line, then the tasks.</summary>
internal static class GuideTexts
{
    private const string Folder = "guide/";

    /// <summary>The roles, from those who speak to those who run it; each is a file's name.</summary>
    public static IReadOnlyList<string> Roles { get; } =
    ["citizen", "station", "recorder", "office", "committee", "trainer", "admin"];

    // Made when somebody first asks: a host's start is not kept waiting for them.
    private static readonly Lazy<Dictionary<(string Role, bool English), GuideText>> Texts = new(
        () =>
            new(
                from role in Roles
                from english in new[] { false, true }
                select KeyValuePair.Create((role, english), Read(role, english))
            )
    );

    /// <summary>The pictures' names.</summary>
    public static IEnumerable<string> Pictures =>
        typeof(GuideTexts)
            .Assembly.GetManifestResourceNames()
            .Where(n =>
                n.StartsWith(Folder, StringComparison.Ordinal)
                && n.EndsWith(".png", StringComparison.Ordinal)
            );

    /// <summary>A role's text, or null where there is no such role.</summary>
    public static GuideText? Of(string role, bool english) =>
        Texts.Value.GetValueOrDefault((role, english));

    private static GuideText Read(string role, bool english)
    {
        using var file = typeof(GuideTexts).Assembly.GetManifestResourceStream(
            $"{Folder}{role}.{(english ? "en" : "zh")}.md"
        )!;
        var parts = new StreamReader(file).ReadToEnd().ReplaceLineEndings("\n").Split("\n\n", 3);
        // A picture is loaded when it comes into view: the page itself stays light on a slow phone.
        var html = Markdown
            .ToHtml(parts[2])
            .Replace("<img ", "<img loading=\"lazy\" ", StringComparison.Ordinal);
        return new(parts[0].TrimStart('#', ' '), parts[1], html);
    }
}
