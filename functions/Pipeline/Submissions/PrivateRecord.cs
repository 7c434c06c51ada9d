using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>
/// What must stay apart: the reporter and the unmasked text, encrypted, with its own time to leave.
/// Id and partition are the submission's.
/// </summary>
public sealed record PrivateRecord : IDocument, IExpiring
{
    /// <summary>The submission's id.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public string Partition => SubmissionId.Partition(Id);

    /// <summary>Base64 of an encrypted <see cref="PrivateContent"/>.</summary>
    public required string Cipher { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>The content of a <see cref="PrivateRecord"/>.</summary>
public sealed record PrivateContent(string Title, string Body, string? Place, Reporter? Reporter);

/// <summary>反映人: who spoke.</summary>
public sealed record Reporter(string? Name, string? Phone);

/// <summary>
/// What a sender's key and its receipt code stand for. The code follows from the key, so that one entry answers both
/// "have I sent this before?" and "what became of it?". Written before the submission: the same key again gives the same
/// answer even after a crash between the two.
/// </summary>
/// <param name="Id">A hash of the code.</param>
/// <param name="SubmissionId">Where it leads.</param>
/// <param name="ContentHash">Of what was sent under the key: other content under it is refused.</param>
public sealed record ReceiptEntry(string Id, string SubmissionId, string ContentHash) : IDocument
{
    /// <inheritdoc/>
    public string Partition => Id;
}
