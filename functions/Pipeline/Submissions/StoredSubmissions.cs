using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>A submission by its id alone, which says in which partition it lies.</summary>
public static class StoredSubmissions
{
    /// <summary>The submission, or null where there is none.</summary>
    public static async Task<Submission?> SubmissionAsync(
        this IDocumentStore store,
        string id,
        CancellationToken cancellation
    ) =>
        (
            await store.ReadAsync(
                Containers.Submissions,
                SubmissionId.Partition(id),
                id,
                cancellation
            )
        )?.Document;
}
