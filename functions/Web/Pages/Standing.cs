using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Web.Components;

namespace OpinionPipeline.Web.Pages;

/// <summary>Where a submission stands, in the words of those who handed it in.</summary>
public sealed record Standing(Tone Tone, string Zh, string En, string LongZh, string LongEn)
{
    /// <summary>Read off the submission and its issue.</summary>
    public static Standing Of(Submission submission, Issue? issue) =>
        Receipts.ReplyTo(submission, issue) is { } reply
            ? reply.Settled
                ? new(
                    Tone.Ok,
                    "已办结",
                    "settled",
                    "承办单位已答复并办结。",
                    "The office has answered and settled it."
                )
                : new(Tone.Ok, "已答复", "answered", "承办单位已答复。", "The office has answered.")
            : submission.Status switch
            {
                SubmissionStatus.Processed => new(
                    Tone.Info,
                    "办理中",
                    "in hand",
                    "已转有关单位，正在等待答复。",
                    "It is with the office concerned; the answer is awaited."
                ),
                SubmissionStatus.Failed => new(
                    Tone.Warn,
                    "人工处理",
                    "by hand",
                    "已收到，正由工作人员处理。",
                    "It was received; staff are looking at it."
                ),
                _ => new(
                    Tone.Info,
                    "已收到",
                    "received",
                    "已收到，正在登记分类。",
                    "It was received and is being registered."
                ),
            };
}
