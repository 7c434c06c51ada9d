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
/// What a sender's key stands for: written before the submission, so that the same key again gives the same answer
/// even after a crash between the two.
/// </summary>
public sealed record IntakeRequest(
    string Id,
    string SubmissionId,
    string Receipt,
    string ContentHash
) : IDocument
{
    /// <inheritdoc/>
    public string Partition => Id;
}

/// <summary>From a receipt code to its submission. Id is a hash of the code.</summary>
public sealed record ReceiptEntry(string Id, string SubmissionId) : IDocument
{
    /// <inheritdoc/>
    public string Partition => Id;
}
