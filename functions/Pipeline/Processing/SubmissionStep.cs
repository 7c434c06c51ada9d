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
/// derived from the submission, so that a step cut short anywhere is simply done again. The submission itself is written
/// last: once it says "processed", all that follows from it stands.
/// </summary>
public sealed class SubmissionStep(
    IDocumentStore store,
    Preparation preparation,
    LookAhead ahead,
    Neighbours neighbours,
    Grouping grouping,
    IssueKeeper issues,
    Vault vault,
    IMessageQueue queue,
    TimeProvider time
)
{
    /// <summary>How many earlier ones that are still unplaced are worked off on the way to one.</summary>
    private const int MostHelped = 8;

    /// <summary>Processes the submission of that id.</summary>
    /// <param name="id">The submission.</param>
    /// <param name="mayWait">False places it even though an earlier one that it may belong to is not placed yet.</param>
    /// <param name="cancellation">Stops it between two writes.</param>
    public Task<StepOutcome> RunAsync(string id, bool mayWait, CancellationToken cancellation) =>
        RunAsync(id, mayWait, 0, cancellation);

    private async Task<StepOutcome> RunAsync(
        string id,
        bool mayWait,
        int helped,
        CancellationToken cancellation
    )
    {
        var taken = await ahead.TakeAsync(id, cancellation);
        var stored = await preparation.ReadAsync(id, cancellation);
        if (stored is null || stored.Document.Pending is null)
            return StepOutcome.Done;
        var prepared =
            taken?.Stored.ETag == stored.ETag
                ? taken
                : await preparation.OfAsync(stored, cancellation);
        var submission = prepared.Judged;
        var placement = Decided(submission);
        // Whoever handed it in said where it belongs: nothing is searched, but it is found by others.
        if (placement is not null && submission.Status == SubmissionStatus.Received)
            await neighbours.AddAsync(prepared.Own, cancellation);
        placement ??=
            await LeftAsync(prepared.Own, cancellation)
            ?? await PlaceAsync(prepared, mayWait, helped, cancellation);
        if (placement is null)
            return StepOutcome.Later;

        var member = MemberOf(prepared, placement);
        var issue = await AttachAsync(member, placement.KindId, cancellation);
        if (placement.KindId is not null && issue is not null)
            await JoinKindAsync(placement.KindId, issue, cancellation);
        var done = await store.WriteAsync(
            Containers.Submissions.Replace(
                submission with
                {
                    Status = SubmissionStatus.Processed,
                    Pending = null,
                    DuplicateOf = placement.DuplicateOf,
                    IssueId = issue?.Id ?? placement.IssueId,
                    Attachment = placement.Attachment,
                },
                stored.ETag
            ),
            cancellation
        );
        if (done.IsDone)
        {
            Report(submission, placement);
            return StepOutcome.Done;
        }

        // Changed meanwhile (resolved at its forum, moved by a person, worked off by another): that holds. A membership
        // that it contradicts goes, the rest is done again.
        var now = (await preparation.ReadAsync(id, cancellation))?.Document;
        if (now?.IssueId is { } elsewhere && elsewhere != (issue?.Id ?? placement.IssueId))
            await issues.DetachAsync(issue?.Id ?? placement.IssueId, id, cancellation);
        return StepOutcome.Later;
    }

    private void Report(Submission submission, Placement placement)
    {
        // Worked off before, and only counted anew.
        if (submission.Status == SubmissionStatus.Processed)
            return;
        Telemetry.Processed.Add(
            1,
            new KeyValuePair<string, object?>(
                "outcome",
                placement.DuplicateOf is not null ? "duplicate"
                    : placement.IssueId == "I" + submission.Id ? "founder"
                    : "joined"
            )
        );
        Telemetry.Delay.Record((time.GetUtcNow() - submission.ReceivedAt).TotalSeconds);
        if (submission.ModelVersion != "person")
            Telemetry.Confidence.Record(submission.Confidence);
    }

    // What was processed before and is to be counted anew stays where it is.
    private static Placement? Decided(Submission submission) =>
        submission.IssueId is { } issue
            ? new(
                issue,
                submission.DuplicateOf,
                submission.Attachment ?? new(null, 1, [], [], "founder"),
                null
            )
            : null;

    // Own fingerprint first, then look for others': of two alike at the same moment at least one sees the other. Where
    // it stands already, somebody has begun before; what they decided is in the membership that they left.
    private async Task<Placement?> LeftAsync(Fingerprint own, CancellationToken cancellation)
    {
        if (await neighbours.AddAsync(own, cancellation))
            return null;
        var left = await store.FindAsync(Containers.Members, own.Id, cancellation);
        return left.Count == 0
            ? null
            : new(
                left[0].Document.IssueId,
                left[0].Document.DuplicateOf,
                left[0].Document.Attachment ?? new(null, 1, [], [], "founder"),
                null
            );
    }

    private async Task<Placement?> PlaceAsync(
        Prepared prepared,
        bool mayWait,
        int helped,
        CancellationToken cancellation
    )
    {
        for (var tried = 0; tried < 2; tried++)
        {
            var search = await grouping.PlaceAsync(
                prepared.Own,
                prepared.Text,
                prepared.Near,
                mayWait,
                cancellation
            );
            if (search.First is not { } first)
                return search.Placement;
            // Its own worker may be dead: rather than wait for it, work that one off here. Each is earlier than the one
            // before, so this ends.
            if (
                helped == MostHelped
                || await RunAsync(first, mayWait, helped + 1, cancellation) != StepOutcome.Done
            )
                return null;
        }
        return null;
    }

    private async Task<Issue?> AttachAsync(
        Member member,
        string? kindId,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            var created = await store.WriteAsync(Containers.Members.Create(member), cancellation);
            if (!created.IsDone)
                await store.UpdateAsync(
                    Containers.Members,
                    member.IssueId,
                    member.Id,
                    // Where a person put it, it stays as the person put it.
                    before =>
                        before.Pinned
                            ? member with
                            {
                                Attachment = before.Attachment,
                                Pinned = true,
                            }
                            : member,
                    cancellation
                );
            var issue = await issues.CountAsync(member, created.IsDone, kindId, cancellation);
            if (issue?.MergedInto is null)
                return issue;
            // Merged while it was on its way: on to where the others went.
            await issues.DetachAsync(issue.Id, member.Id, cancellation);
            member = member with { IssueId = issue.MergedInto };
        }
    }

    private Member MemberOf(Prepared prepared, Placement placement)
    {
        var submission = prepared.Judged;
        return new()
        {
            Id = submission.Id,
            IssueId = placement.IssueId,
            SaidAt = submission.SaidAt,
            Station = submission.Station,
            Forum = submission.Forum,
            Title = submission.Title.Length > 0 ? submission.Title : Opening(submission.Body),
            Place = prepared
                .Text.Places.Where(p => p.Level is >= PlaceLevel.Township and <= PlaceLevel.Site)
                .MaxBy(p => p.Level)
                ?.Canonical,
            Category = submission.Category,
            Finer = submission.SureCategory == submission.Category ? null : submission.SureCategory,
            ReporterTag = vault.ReporterTag(
                placement.IssueId,
                prepared.Reporter,
                submission.Station
            ),
            DuplicateOf = placement.DuplicateOf,
            Escalates = submission.Escalates,
            Attachment = placement.Attachment,
            // Joined to it by whoever handed it in.
            Pinned = placement.Attachment.By == submission.RecordedBy,
        };
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
