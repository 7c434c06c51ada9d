using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>
/// Works off one message of the queue "submissions": classify, look for its like, attach to an issue. Every write is
/// derived from the submission, so that a step cut short anywhere is simply done again.
/// </summary>
public sealed class SubmissionStep(
    IDocumentStore store,
    CurrentClassifier classifier,
    MatterReader reader,
    Grouping grouping,
    IssueKeeper issues,
    Vault vault,
    IMessageQueue queue
)
{
    /// <summary>Processes the submission of that id.</summary>
    /// <param name="id">The submission.</param>
    /// <param name="mayWait">False places it even though an earlier one that it may belong to is not placed yet.</param>
    /// <param name="cancellation">Stops it between two writes.</param>
    public async Task<StepOutcome> RunAsync(string id, bool mayWait, CancellationToken cancellation)
    {
        var stored = await store.ReadAsync(
            Containers.Submissions,
            SubmissionId.Partition(id),
            id,
            cancellation
        );
        if (stored is null || stored.Document.Pending is null)
            return StepOutcome.Done;
        var submission = classifier.Value.Judge(stored.Document);
        var text = reader.Read(id, submission.Title, submission.Body, submission.Place);
        var reporter = await ReporterAsync(id, cancellation);

        // Own fingerprint first, then look for others': of two alike at the same moment at least one sees the other.
        var own = await OwnFingerprintAsync(submission, text, reporter, cancellation);
        var placement = own.Document.IssueId is { } decided
            ? new Placement(
                decided,
                own.Document.DuplicateOf,
                own.Document.Attachment!,
                own.Document.KindId
            )
            : await grouping.PlaceAsync(own.Document, text, mayWait, cancellation);
        if (placement is null)
            return StepOutcome.Later;

        if (own.Document.IssueId is null)
        {
            var written = await store.WriteAsync(
                Containers.Fingerprints.Replace(
                    own.Document with
                    {
                        IssueId = placement.IssueId,
                        DuplicateOf = placement.DuplicateOf,
                        Attachment = placement.Attachment,
                        KindId = placement.KindId,
                    },
                    own.ETag
                ),
                cancellation
            );
            // Somebody else works on the same submission: let whoever wrote first decide.
            if (!written.IsDone)
                return StepOutcome.Later;
        }

        // Where a person put it, it stays as the person put it.
        var pinned = (
            await store.ReadAsync(Containers.Members, placement.IssueId, id, cancellation)
        )?.Document
            is { Pinned: true } member
            ? member
            : null;
        await store.WriteAsync(
            Containers.Members.Put(
                new Member
                {
                    Id = id,
                    IssueId = placement.IssueId,
                    SaidAt = submission.SaidAt,
                    Station = submission.Station,
                    Forum = submission.Forum,
                    Title =
                        submission.Title.Length > 0 ? submission.Title : Opening(submission.Body),
                    Place = text
                        .Places.Where(p => p.Level >= PlaceLevel.Township)
                        .MaxBy(p => p.Level)
                        ?.Canonical,
                    Category = submission.Category,
                    ReporterTag = vault.ReporterTag(
                        placement.IssueId,
                        reporter,
                        submission.Station
                    ),
                    DuplicateOf = placement.DuplicateOf,
                    Escalates = submission.Escalates,
                    Attachment = pinned?.Attachment ?? placement.Attachment,
                    Pinned = pinned is not null,
                }
            ),
            cancellation
        );
        var issue = await issues.RefreshAsync(
            placement.IssueId,
            i => placement.KindId is { } kind && i.KindId is null ? i with { KindId = kind } : i,
            cancellation
        );
        if (placement.KindId is not null && issue is not null)
            await JoinKindAsync(placement.KindId, issue, cancellation);

        // Changed meanwhile (resolved at its forum, moved by a person): then all of this holds no longer and is done again.
        var done = await store.WriteAsync(
            Containers.Submissions.Replace(
                submission with
                {
                    Status = SubmissionStatus.Processed,
                    Pending = null,
                    DuplicateOf = placement.DuplicateOf,
                    IssueId = placement.IssueId,
                    Attachment = placement.Attachment,
                },
                stored.ETag
            ),
            cancellation
        );
        return done.IsDone ? StepOutcome.Done : StepOutcome.Later;
    }

    // A crash between the two sends nothing; the kind's report then follows with its next issue.
    private async Task JoinKindAsync(string kindId, Issue issue, CancellationToken cancellation)
    {
        var joined = await store.WriteAsync(
            Containers.Kinds.Create(KindMember.Of(issue, kindId)),
            cancellation
        );
        if (joined.IsDone)
            await queue.SendAsync(QueueNames.Reports, [kindId], TimeSpan.Zero, cancellation);
    }

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

    private async Task<Stored<Fingerprint>> OwnFingerprintAsync(
        Submission submission,
        MatterText text,
        Reporter? reporter,
        CancellationToken cancellation
    )
    {
        var fingerprint = new Fingerprint
        {
            Id = submission.Id,
            Partition = CandidateKeys.Quarter(submission.SaidAt),
            SaidAt = submission.SaidAt,
            ReceivedAt = submission.ReceivedAt,
            Keys = [.. CandidateKeys.Repetition(text), .. CandidateKeys.Matter(text)],
            Title = submission.Title,
            Body = submission.Body,
            Place = submission.Place,
            Category = submission.Category,
            Signature = Signature(reporter),
        };
        var created = await store.WriteAsync(
            Containers.Fingerprints.Create(fingerprint),
            cancellation
        );
        if (created.IsDone)
            return new(fingerprint, created.ETag!);
        return (
            await store.ReadAsync(
                Containers.Fingerprints,
                fingerprint.Partition,
                fingerprint.Id,
                cancellation
            )
        )!;
    }

    // Enough to tell two signatories of one letter apart, too little to find one: 15 bits under the vault's key.
    private string? Signature(Reporter? reporter) =>
        vault.ReporterTag("signature", reporter, "")?[..3];

    private static string Opening(string body) => body.Length <= 30 ? body : body[..30] + "…";
}

/// <summary>What becomes of the message.</summary>
public enum StepOutcome
{
    /// <summary>It has done its work.</summary>
    Done,

    /// <summary>An earlier submission that it may belong to is still being worked on: try again shortly.</summary>
    Later,
}
