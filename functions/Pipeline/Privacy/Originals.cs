using OpinionPipeline.Pipeline.Audit;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Privacy;

/// <summary>The unmasked text and the reporter, for whoever has to call back. Every look is set down before it is granted.</summary>
public sealed class Originals(IDocumentStore store, Vault vault, AuditLog audit)
{
    private const int LongestReason = 200;

    /// <summary>What was sealed, or why it cannot be shown: no reason was given, or its time to leave has come.</summary>
    public async Task<Result<PrivateContent>> ReadAsync(
        Submission submission,
        string? reason,
        string who,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
            return new Rejection(
                "reason.required",
                "reason",
                $"查看原文须说明理由（不超过 {LongestReason} 字），并留有记录。",
                $"A look at the original needs a reason of at most {LongestReason} characters, and is recorded."
            );
        await audit.WriteAsync(
            who,
            "private.read",
            submission.Id,
            Masker.Mask(reason.Trim()).Text,
            cancellation
        );
        if (!submission.Sealed)
            return new PrivateContent(submission.Title, submission.Body, submission.Place, null);
        var record = await store.ReadAsync(
            Containers.Private,
            submission.Partition,
            submission.Id,
            cancellation
        );
        if (record is null)
            return new Rejection(
                "original.gone",
                null,
                "原文和反映人信息已到期删除。",
                "The original and the reporter's data have left: their time was up."
            )
            {
                Status = 410,
            };
        return vault.Open(record.Document.Cipher, submission.Id);
    }
}
