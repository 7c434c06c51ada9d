using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Digests;

/// <summary>An office's answer as it is handed in.</summary>
public sealed record NewReply(
    string? Text,
    string? Measure,
    string? PersonInCharge,
    DateOnly? DueOn,
    bool Settled
);

/// <summary>
/// 答复: an office answers an issue once, and everybody who spoke of it has the answer, because submissions and receipts
/// show their issue's.
/// </summary>
public sealed class ReplyDesk(IDocumentStore store, IssueKeeper issues, TimeProvider time)
{
    private const int LongestText = 5_000;

    /// <summary>Answers an item of a digest. The same text again is the same answer.</summary>
    public async Task<Result<Reply>> ReplyAsync(
        string digestId,
        int number,
        NewReply reply,
        string? office,
        string who,
        CancellationToken cancellation
    )
    {
        var parts = digestId.Split('-');
        var digest =
            parts.Length == 3
                ? (
                    await store.ReadAsync(Containers.Digests, parts[1], digestId, cancellation)
                )?.Document
                : null;
        var item = digest?.Items.FirstOrDefault(i => i.Number == number);
        if (digest is null || item is null)
            return new Rejection(
                "digestItem.unknown",
                null,
                "没有这份摘编或这一条。",
                "There is no such digest or item."
            )
            {
                Status = 404,
            };
        if (office is not null && office != digest.Office)
            return new Rejection(
                "office.notYours",
                null,
                "这份摘编属于另一个单位。",
                "This digest is another office's."
            )
            {
                Status = 403,
            };
        if (string.IsNullOrWhiteSpace(reply.Text))
            return new Rejection(
                "text.required",
                "text",
                "缺少答复内容。",
                "The answer's text is missing."
            );
        if (reply.Text.Length > LongestText)
            return new Rejection(
                "text.tooLong",
                "text",
                $"答复超过 {LongestText} 字。",
                $"The answer is longer than {LongestText} characters."
            );

        var issue = await issues.FindAsync(item.IssueId, cancellation);
        var given = new Reply(
            digest.Office,
            reply.Text.Trim(),
            reply.Measure,
            reply.PersonInCharge,
            reply.DueOn,
            reply.Settled,
            who,
            time.GetUtcNow()
        );
        var now = await store.UpdateAsync(
            Containers.Issues,
            issue!.Partition,
            issue.Id,
            current =>
                current.Replies.Any(r => r with { At = given.At, By = given.By } == given)
                    ? current
                    : current with
                    {
                        Replies = [.. current.Replies, given],
                        Status = given.Settled ? IssueStatus.Settled : IssueStatus.Answered,
                        OverdueSince = null,
                    },
            cancellation
        );
        return now!.Replies.Last(r => r with { At = given.At, By = given.By } == given);
    }
}
