using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>One matter of a submission that holds several.</summary>
public sealed record SplitPart(string? Title, string? Body, string? Place);

/// <summary>
/// 一事一报: a person cuts a submission that holds several matters into one for each. The original stays on record with its
/// receipt and no longer goes up; each part has station, speaker and time of the original, and can be cut again.
/// </summary>
public sealed class Splitter(IDocumentStore store, IMessageQueue queue, Intake intake, Vault vault)
{
    private const int MostParts = 10;

    /// <summary>Cuts a submission; the same cut again is the same cut.</summary>
    public async Task<Result<Submission>> SplitAsync(
        Submission original,
        IReadOnlyList<SplitPart>? parts,
        string who,
        CancellationToken cancellation
    )
    {
        if (parts is not { Count: >= 2 and <= MostParts })
            return new Rejection(
                "parts.count",
                "parts",
                $"请给出 2 至 {MostParts} 个部分，每部分一件事。",
                $"Give 2 to {MostParts} parts, one matter each."
            );
        if (original.SplitInto.Count > 0)
            return new Rejection(
                "submission.alreadySplit",
                null,
                "这份来件已经拆分过。拆出的各件可以再拆。",
                "This submission was split before; each of its parts can be split again."
            )
            {
                Status = 409,
            };
        var record = await store.ReadAsync(
            Containers.Private,
            original.Partition,
            original.Id,
            cancellation
        );
        var reporter = record is null
            ? null
            : vault.Open(record.Document.Cipher, original.Id).Reporter;
        var sender = new Sender(who, original.Station, original.Channel);
        var submissions = parts
            .Select(part => new NewSubmission
            {
                Title = part.Title,
                Body = part.Body,
                Place = part.Place ?? original.Place,
                OccurredOn = original.OccurredOn,
                Kind = original.Kind,
                SaidAt = original.SaidAt,
                SourceId = original.SourceId,
                Reporter = reporter,
                Forum = original.Forum,
                SplitFrom = original.Id,
                Escalates = original.Escalates,
            })
            .ToList();
        // All or none: half a cut would leave a matter in two places.
        var faults = submissions
            .SelectMany(
                (s, i) =>
                    intake
                        .Check(s, null, sender)
                        .Select(x => x with { Field = $"parts[{i}].{x.Field}" })
            )
            .ToList();
        if (faults.Count > 0)
            return faults;
        var results = await intake.AcceptAllAsync(
            [.. submissions.Select((s, i) => (s, (string?)$"split:{original.Id}:{i}"))],
            sender,
            cancellation
        );
        // Only a part that was changed since an earlier, broken-off cut can still be refused.
        if (results.FirstOrDefault(r => !r.IsOk) is { Rejections.Count: > 0 } refused)
            return (List<Rejection>)[.. refused.Rejections];
        var split = await store.UpdateAsync(
            Containers.Submissions,
            original.Partition,
            original.Id,
            s =>
                s with
                {
                    SplitInto = [.. results.Select(r => r.Value.Id)],
                    Escalates = false,
                    Notices = [.. s.Notices.Where(n => n.Code != "two-matters")],
                    // Its issue counts anew without it.
                    Pending = QueueNames.Submissions,
                },
            cancellation
        );
        await queue.SendAsync(QueueNames.Submissions, [original.Id], TimeSpan.Zero, cancellation);
        return split!;
    }
}
