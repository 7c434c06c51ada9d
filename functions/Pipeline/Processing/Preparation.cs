using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>What a step decides by.</summary>
/// <param name="Stored">The submission as it was read.</param>
/// <param name="Judged">The same with its category.</param>
/// <param name="Text">Its text.</param>
/// <param name="Reporter">Who handed it in, where that is known.</param>
/// <param name="Own">Its fingerprint, not yet written.</param>
/// <param name="Near">Its neighbours; null where nobody has looked for them.</param>
public sealed record Prepared(
    Stored<Submission> Stored,
    Submission Judged,
    MatterText Text,
    Reporter? Reporter,
    Fingerprint Own,
    Neighbourhood? Near
);

/// <summary>Makes ready what a step decides by. Changes nothing, so that it can be done ahead of the submission's turn.</summary>
public sealed class Preparation(
    IDocumentStore store,
    CurrentClassifier classifier,
    MatterReader reader,
    Neighbours neighbours,
    Vault vault
)
{
    /// <summary>Prepares a submission whose turn has come: its neighbours are looked for later, when others can find it.</summary>
    public async Task<Prepared> OfAsync(Stored<Submission> stored, CancellationToken cancellation)
    {
        var submission = classifier.Value.Judge(stored.Document);
        var text = reader.Read(
            submission.Id,
            submission.Title,
            submission.Body,
            submission.Place,
            soon: true
        );
        var reporter = submission.Sealed ? await ReporterAsync(submission.Id, cancellation) : null;
        return new(
            stored,
            submission,
            text,
            reporter,
            FingerprintOf(submission, text, reporter),
            null
        );
    }

    /// <summary>Prepares one whose turn comes soon, as far as can be; null where nothing is to be done.</summary>
    public async Task<Prepared?> AheadAsync(string id, CancellationToken cancellation)
    {
        if (await ReadAsync(id, cancellation) is not { Document.Pending: not null } stored)
            return null;
        var prepared = await OfAsync(stored, cancellation);
        return prepared.Judged.IssueId is not null
            ? prepared
            : prepared with
            {
                Near = await neighbours.LookAsync(prepared.Own, prepared.Text, cancellation),
            };
    }

    /// <summary>The submission as it stands; null where there is none.</summary>
    public Task<Stored<Submission>?> ReadAsync(string id, CancellationToken cancellation) =>
        store.ReadAsync(Containers.Submissions, SubmissionId.Partition(id), id, cancellation);

    private async Task<Reporter?> ReporterAsync(string id, CancellationToken cancellation)
    {
        var sealedRecord = await store.ReadAsync(
            Containers.Private,
            SubmissionId.Partition(id),
            id,
            cancellation
        );
        return sealedRecord is null ? null : vault.Open(sealedRecord.Document.Cipher, id).Reporter;
    }

    private Fingerprint FingerprintOf(Submission submission, MatterText text, Reporter? reporter) =>
        new()
        {
            Id = submission.Id,
            SaidAt = submission.SaidAt,
            ReceivedAt = submission.ReceivedAt,
            Keys = CandidateKeys.Of(text),
            Title = submission.Title,
            Body = submission.Body,
            Place = submission.Place,
            Category = submission.Category,
            Signature = Signature(reporter),
        };

    // Enough to tell two signatories of one letter apart, too little to find one: 15 bits under the vault's key.
    private string? Signature(Reporter? reporter) =>
        vault.ReporterTag("signature", reporter, "")?[..3];
}
