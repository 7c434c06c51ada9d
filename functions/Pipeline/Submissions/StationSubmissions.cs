using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>
/// A station's own submissions. Another station's is as good as none: its existence is nobody else's business.
/// </summary>
public sealed class StationSubmissions(IDocumentStore store, MonthPages pages)
{
    /// <summary>The submission, or null where there is none or it is another station's; a null station sees all.</summary>
    public async Task<Submission?> FindAsync(
        string id,
        string? station,
        CancellationToken cancellation
    )
    {
        var stored = await store.SubmissionAsync(id, cancellation);
        return station is not null && stored?.Station != station ? null : stored;
    }

    /// <summary>A page of a station's submissions, the newest first.</summary>
    public Task<(IReadOnlyList<Submission> Items, string? Next)> PageAsync(
        string station,
        string? after,
        int size,
        CancellationToken cancellation
    ) =>
        pages.PageAsync(
            month => new Query<Submission>(Containers.Submissions, "byStation", month)
            {
                Equal = [station],
            },
            after,
            size,
            _ => true,
            cancellation
        );
}
