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
    private const int LongestMeasure = 1_000;
    private const int LongestName = 100;

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
        var issue = await issues.FindAsync(item.IssueId, cancellation);
        return await AnswerAsync(issue!, digest.Office, reply, who, cancellation);
    }

    /// <summary>Answers an issue for the office that has it. The same text again is the same answer.</summary>
    /// <param name="issueId">The issue.</param>
    /// <param name="reply">The answer.</param>
    /// <param name="office">The office that answers; null for whoever may speak for any.</param>
    /// <param name="who">The account.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Result<Reply>> ReplyToIssueAsync(
        string issueId,
        NewReply reply,
        string? office,
        string who,
        CancellationToken cancellation
    )
    {
        var issue = await issues.FindAsync(issueId, cancellation);
        if (issue is null)
            return new Rejection(
                "issue.unknown",
                null,
                $"没有议题 {issueId}。",
                $"There is no issue {issueId}."
            )
            {
                Status = 404,
            };
        if (office is not null && office != issue.Office)
            return new Rejection(
                "issue.notYours",
                null,
                "这个议题不归本单位。",
                "This issue is not your office's."
            )
            {
                Status = 403,
            };
        return await AnswerAsync(issue, issue.Office ?? "", reply, who, cancellation);
    }

    private async Task<Result<Reply>> AnswerAsync(
        Issue issue,
        string office,
        NewReply reply,
        string who,
        CancellationToken cancellation
    )
    {
        if (issue.HandedBack)
            return new Rejection(
                "handBack.asked",
                null,
                "已经退回，正等政协办公室决定，现在不能答复。",
                "It has been handed back and waits for the committee; it cannot be answered now."
            )
            {
                Status = 409,
            };
        if (Faults(reply) is { Count: > 0 } faults)
            return faults;
        return await WriteAsync(issue, office, reply, who, cancellation);
    }

    private static List<Rejection> Faults(NewReply reply)
    {
        var faults = new List<Rejection>();
        if (string.IsNullOrWhiteSpace(reply.Text))
            faults.Add(
                new("text.required", "text", "缺少答复内容。", "The answer's text is missing.")
            );
        Longest("text", reply.Text, LongestText, "答复", "answer");
        Longest("measure", reply.Measure, LongestMeasure, "办理措施", "measure");
        Longest("personInCharge", reply.PersonInCharge, LongestName, "负责人", "person in charge");
        return faults;

        void Longest(string field, string? text, int most, string zh, string en)
        {
            if (text?.Length > most)
                faults.Add(
                    new(
                        $"{field}.tooLong",
                        field,
                        $"{zh}超过 {most} 字。",
                        $"The {en} is longer than {most} characters."
                    )
                );
        }
    }

    private async Task<Reply> WriteAsync(
        Issue issue,
        string office,
        NewReply reply,
        string who,
        CancellationToken cancellation
    )
    {
        var given = new Reply(
            office,
            reply.Text!.Trim(),
            reply.Measure,
            reply.PersonInCharge,
            reply.DueOn,
            reply.Settled,
            who,
            time.GetUtcNow()
        );
        var now = await store.UpdateAsync(
            Containers.Issues,
            issue.Partition,
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
