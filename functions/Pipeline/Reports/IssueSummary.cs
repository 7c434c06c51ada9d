using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Reports;

/// <summary>What an issue is about, in sentences quoted from its members.</summary>
public sealed class IssueSummary(IDocumentStore store, CurrentClassifier classifier)
{
    private const int MostRead = 20;
    private const int MostSentences = 3;
    private const int MostCharacters = 180;

    /// <summary>Of the submissions named, at most three sentences of different content, each with its source; none where the texts say too little.</summary>
    public async Task<IReadOnlyList<Quote>> OfAsync(
        IEnumerable<string> members,
        CancellationToken cancellation
    )
    {
        var submissions = new List<Submission>();
        foreach (var id in members.Take(MostRead))
            if (await store.SubmissionAsync(id, cancellation) is { } stored)
                submissions.Add(stored);
        var ranked = Extraction.Rank(submissions, classifier.Value.Model.Language.Weights);
        var (used, left) = (new HashSet<string>(), MostCharacters);
        var quotes = new List<Quote>();
        // What is the matter, then what is asked for.
        foreach (var section in (string[])["situation", "problems", "advice"])
        foreach (
            var said in Extraction.Best(
                ranked,
                section,
                section == "problems" ? MostSentences - 1 : 1,
                left,
                used
            )
        )
            if (quotes.Count < MostSentences && said.Text.Length <= left)
            {
                quotes.Add(new(said.Text, said.SubmissionId));
                left -= said.Text.Length;
            }
        return quotes;
    }
}
