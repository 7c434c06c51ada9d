using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Web.Components;

namespace OpinionPipeline.Web.Pages.Offices;

/// <summary>The states of an office's issues in words.</summary>
internal static class Desk
{
    /// <summary>How an issue stands.</summary>
    public static (Tone Tone, string Text) Of(OfficeState state, Issue issue, Words w) =>
        issue.HandedBack
            ? (Tone.Info, w["已退回，待决定", "handed back, waiting"])
            : state switch
            {
                OfficeState.New => (Tone.Info, w["新增", "new"]),
                OfficeState.Continuing => (Tone.Plain, w["持续", "continuing"]),
                OfficeState.Overdue => (Tone.Bad, w["逾期未答复", "overdue"]),
                _ when issue.Status == IssueStatus.Settled => (Tone.Ok, w["已办结", "settled"]),
                _ => (Tone.Ok, w["已答复", "answered"]),
            };

    /// <summary>What became of a hand-back.</summary>
    public static (Tone Tone, string Text) Of(HandBackState state, Words w) =>
        state switch
        {
            HandBackState.Accepted => (Tone.Ok, w["同意，已改派", "accepted, sent on"]),
            HandBackState.Refused => (Tone.Warn, w["不同意，仍由原单位办理", "refused, stays"]),
            _ => (Tone.Info, w["等待决定", "waiting"]),
        };
}
