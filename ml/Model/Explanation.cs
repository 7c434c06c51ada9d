namespace OpinionPipeline.Model;

/// <summary>A phrase that spoke for the decision.</summary>
/// <param name="InTitle">It stands in the title, else in the body.</param>
/// <param name="Start">Index of its first UTF-16 unit in the title or body as given.</param>
/// <param name="Length">Its length in UTF-16 units.</param>
/// <param name="Text">The phrase as it stands there.</param>
/// <param name="Weight">Its share of all that spoke for the label, 0 to 1.</param>
public sealed record Phrase(bool InTitle, int Start, int Length, string Text, double Weight);

/// <summary>A prediction and the phrases that carried it, heaviest first; none where nothing in the text is known.</summary>
public sealed record Explanation(Prediction Prediction, IReadOnlyList<Phrase> Phrases);
