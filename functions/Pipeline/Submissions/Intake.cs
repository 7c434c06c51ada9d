using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Submissions.Checks;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>
/// Takes submissions: checks, splits off the reporter, masks, stores, and puts each into the queue. What it answers
/// with an id is durable, and the same key answers the same again.
/// </summary>
public sealed class Intake(
    IDocumentStore store,
    IMessageQueue queue,
    CountyDirectory county,
    Vault vault,
    RetentionOptions retention,
    TimeProvider time
)
{
    public const int MaxTitleLength = 200;
    public const int MaxBodyLength = 20_000;

    /// <summary>What speaks against taking it; empty where nothing does.</summary>
    public List<Rejection> Check(NewSubmission submission, string? key, Sender sender) =>
        Validation.Check(submission, key, sender, county, time.GetUtcNow());

    /// <summary>Takes one. Without a key, sending it twice makes two.</summary>
    public async Task<Result<Accepted>> AcceptAsync(
        NewSubmission submission,
        string? key,
        Sender sender,
        CancellationToken cancellation
    ) => (await AcceptAllAsync([(submission, key)], sender, cancellation))[0];

    /// <summary>Takes many in two round trips; each stands or falls alone.</summary>
    public async Task<IReadOnlyList<Result<Accepted>>> AcceptAllAsync(
        IReadOnlyList<(NewSubmission Submission, string? Key)> batch,
        Sender sender,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var results = new Result<Accepted>[batch.Count];
        var drafts = new List<Draft>();
        for (var i = 0; i < batch.Count; i++)
        {
            var (submission, key) = batch[i];
            var rejections = Validation.Check(submission, key, sender, county, now);
            if (submission.Joins is { } joins && !await IsIssueAsync(joins, cancellation))
                rejections.Add(
                    new("joins.unknown", "joins", "没有这个议题。", "There is no such issue.")
                );
            if (rejections.Count > 0)
                results[i] = rejections;
            else
                // A tick apart: what came in one file still has an order.
                drafts.Add(MakeDraft(i, submission, key, sender, now.AddTicks(i)));
        }

        // The receipt's entry first: from then on the key stands for this submission, whatever happens in between.
        var claims = await store.WriteAsync(
            [.. drafts.Select(d => Containers.Receipts.Create(d.Entry))],
            cancellation
        );
        var writes = new List<Write>();
        var messages = new List<string>();
        for (var i = 0; i < drafts.Count; i++)
        {
            var draft = drafts[i];
            if (claims[i].Status == WriteStatus.Exists)
            {
                var earlier = await store.ReadAsync(
                    Containers.Receipts,
                    draft.Entry.Partition,
                    draft.Entry.Id,
                    cancellation
                );
                if (earlier!.Document.ContentHash != draft.Entry.ContentHash)
                {
                    results[draft.Index] = new Rejection(
                        "idempotencyKey.reused",
                        "Idempotency-Key",
                        "该幂等键已用于另一份内容；请换一个键。",
                        "This key was used for other content; send a new key."
                    )
                    {
                        Status = 422,
                    };
                    continue;
                }
                draft = draft.As(earlier.Document);
                results[draft.Index] = draft.Answer(repeated: true);
                // A crash may have come between the entry and the submission: then write it now.
                if (
                    await store.ReadAsync(
                        Containers.Submissions,
                        draft.Submission.Partition,
                        draft.Submission.Id,
                        cancellation
                    )
                    is not null
                )
                    continue;
            }
            else
            {
                results[draft.Index] = draft.Answer(repeated: false);
            }
            writes.AddRange(draft.Writes(vault, retention.PrivateUntil(now)));
            messages.Add(draft.Submission.Id);
        }

        if (writes.Count > 0)
        {
            await store.WriteAsync(writes, cancellation);
            Telemetry.Received.Add(
                messages.Count,
                new KeyValuePair<string, object?>("channel", sender.Channel.ToString())
            );
            await queue.SendAsync(QueueNames.Submissions, messages, TimeSpan.Zero, cancellation);
        }
        return results;
    }

    private async Task<bool> IsIssueAsync(string id, CancellationToken cancellation) =>
        await store.ReadAsync(Containers.Issues, SubmissionId.Partition(id), id, cancellation)
            is not null;

    private Draft MakeDraft(
        int index,
        NewSubmission submission,
        string? key,
        Sender sender,
        DateTimeOffset now
    )
    {
        var station = sender.Station ?? submission.Station!;
        key ??= Guid.CreateVersion7(now).ToString("N");
        var id = SubmissionId.From(now, station, key);
        var receipt = vault.Receipt(station, key);
        var title = submission.Title?.Trim() ?? "";
        var body = submission.Body!.Trim();
        var (maskedTitle, maskedBody) = Masker.MaskBoth(title, body);
        var place = submission.Place is { } named ? Masker.Mask(named.Trim()).Text : null;
        var category = submission.Label is { } label ? county.CategoryNamed(label)?.Code : null;
        return new(
            index,
            new ReceiptEntry(Receipts.EntryId(receipt), id, ContentHash.Of(submission)),
            new Submission
            {
                Id = id,
                ReceivedAt = now,
                SaidAt = submission.SaidAt ?? now,
                Station = station,
                RecordedBy = sender.Account,
                Channel = sender.Channel,
                Forum = submission.Forum,
                SplitFrom = submission.SplitFrom,
                SourceId = submission.SourceId,
                Receipt = receipt,
                Title = maskedTitle,
                Body = maskedBody,
                Place = place,
                Sealed =
                    submission.Reporter is not null
                    || (maskedTitle, maskedBody, place) != (title, body, submission.Place?.Trim()),
                OccurredOn = submission.OccurredOn,
                Kind = submission.Kind?.Trim(),
                Escalates = submission.Escalates,
                Pending = QueueNames.Submissions,
                Notices = Notices(maskedTitle, maskedBody),
                IssueId = submission.Joins,
                Attachment = submission.Joins is null
                    ? null
                    : new Issues.Attachment(null, 1, [], [], sender.Account),
                Category = category,
                Confidence = category is null ? 0 : 1,
                Finer =
                    category is not null
                    && submission.Label2 is { } second
                    && county.CategoryBelow(category, second) is { } below
                        ? new(below.Code, 1, true)
                        : null,
                ModelVersion = category is null ? null : "person",
            },
            new PrivateContent(title, body, submission.Place, submission.Reporter)
        );
    }

    private static List<Notice> Notices(string title, string body)
    {
        var notices = new List<Notice>();
        if (TwoMatters.Find(title, body) is { } two)
            notices.Add(two);
        if (BelongsElsewhere.Find(title, body) is { } elsewhere)
            notices.Add(elsewhere);
        return notices;
    }

    private sealed record Draft(
        int Index,
        ReceiptEntry Entry,
        Submission Submission,
        PrivateContent Content
    )
    {
        public Draft As(ReceiptEntry earlier) =>
            this with
            {
                Entry = earlier,
                Submission = Submission with { Id = earlier.SubmissionId },
            };

        public Accepted Answer(bool repeated) =>
            new(Submission.Id, Submission.Receipt, repeated, Submission.Notices);

        // The submission last: where it stands, all that belongs to it stands too.
        public IEnumerable<Write> Writes(Vault vault, DateTimeOffset privateUntil)
        {
            if (Submission.Sealed)
                yield return Containers.Private.Create(
                    new PrivateRecord
                    {
                        Id = Submission.Id,
                        Cipher = vault.Seal(Content, Submission.Id),
                        ExpiresAt = privateUntil,
                    }
                );
            yield return Containers.Submissions.Create(Submission);
        }
    }
}
