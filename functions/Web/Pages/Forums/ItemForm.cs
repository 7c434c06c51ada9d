using OpinionPipeline.Pipeline.Forums;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Web.Pages.Forums;

/// <summary>What the recorder types about one thing said.</summary>
public sealed class ItemForm
{
    /// <summary>Made when the form is shown, so that a form sent twice makes one item.</summary>
    public string? Key { get; set; }

    /// <summary>The item it is about; 0 for a new one.</summary>
    public int Number { get; set; }

    /// <summary>The button pressed: <c>confirm</c>, <c>discard</c>, <c>cut</c>, <c>join</c>.</summary>
    public string? Do { get; set; }
    public string? Title { get; set; }
    public string? Body { get; set; }
    public string? Speaker { get; set; }
    public string? Outcome { get; set; }
    public string? Answer { get; set; }
    public string? AnsweredBy { get; set; }

    /// <summary>As a new item.</summary>
    public NewForumItem ToItem() =>
        new(
            null,
            Body?.ReplaceLineEndings("\n"),
            null,
            null,
            Given(Speaker) is { } name ? new Reporter(name, null) : null,
            Decided ?? Pipeline.Forums.Outcome.Unsettled,
            Given(Answer),
            Given(AnsweredBy)
        );

    /// <summary>
    /// As a decision on an item. Its text only where it is a draft and was changed: the form shows what is masked, and
    /// what was not touched keeps its original.
    /// </summary>
    public ItemDecision ToDecision(ForumItem? item) =>
        new(
            Decided,
            item is { State: ItemState.Draft } ? Changed(Title, item.Title) : null,
            item is { State: ItemState.Draft } ? Changed(Body, item.Body) : null,
            Given(Answer),
            Given(AnsweredBy)
        );

    /// <summary>The text where it was changed, else null.</summary>
    public static string? Changed(string? typed, string shown)
    {
        var text = (typed ?? "").ReplaceLineEndings("\n").Trim();
        return text == shown.ReplaceLineEndings("\n").Trim() ? null : text;
    }

    private Outcome? Decided =>
        Enum.TryParse<Outcome>(Outcome, out var outcome) && Enum.IsDefined(outcome)
            ? outcome
            : null;

    private static string? Given(string? value) =>
        string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
