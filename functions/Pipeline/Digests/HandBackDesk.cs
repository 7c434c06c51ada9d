using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Digests;

/// <summary>
/// 退回: an office hands back what is not its own. The committee accepts, which sends the issue to another office and
/// labels its submissions, or refuses, which leaves it where it is.
/// </summary>
public sealed class HandBackDesk(
    IDocumentStore store,
    IssueKeeper issues,
    LabelDesk labels,
    UsedMonths months,
    CountyDirectory county,
    Deadlines deadlines,
    TimeProvider time
)
{
    private const int LongestText = 1_000;

    /// <summary>Submissions of one issue that are labelled at most.</summary>
    private const int MostLabelled = 200;

    /// <summary>Most that are listed of those that wait.</summary>
    private const int MostListed = 500;

    /// <summary>Hands an issue back.</summary>
    /// <param name="issueId">The issue.</param>
    /// <param name="reason">Why it is not this office's.</param>
    /// <param name="suggested">Code of the office whose it is, where this one knows.</param>
    /// <param name="office">The office that hands it back; null for whoever may speak for any.</param>
    /// <param name="who">The account.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Result<Issue>> AskAsync(
        string issueId,
        string? reason,
        string? suggested,
        string? office,
        string who,
        CancellationToken cancellation
    )
    {
        if (TextFault("reason", reason, "退回理由", "reason") is { } fault)
            return fault;
        if (!string.IsNullOrEmpty(suggested) && county.Office(suggested) is null)
            return UnknownOffice("suggested", suggested);
        if (await issues.FindAsync(issueId, cancellation) is not { } issue)
            return Unknown(issueId);
        var lastDay = await HandBackByAsync(issue, cancellation);
        var now = time.GetUtcNow();
        return await ChangeAsync(
            issue,
            i =>
                office is not null && office != i.Office ? NotYours()
                : i.HandedBack
                    ? Conflict(
                        "handBack.asked",
                        "已经退回，正等政协办公室决定。",
                        "It has been handed back already and waits for the committee."
                    )
                : i.IsAnswered
                    ? Conflict(
                        "handBack.answered",
                        "已经答复的议题不能退回。",
                        "An issue that has been answered cannot be handed back."
                    )
                : LocalTime.DayOf(now) > lastDay
                    ? Conflict(
                        "handBack.tooLate",
                        $"退回期限（{lastDay:yyyy-MM-dd}）已过，请办理并答复。",
                        $"The time to hand it back ran out on {lastDay:yyyy-MM-dd}; please answer it."
                    )
                : i with
                {
                    HandBacks =
                    [
                        .. i.HandBacks,
                        new HandBack
                        {
                            Office = i.Office ?? "",
                            Reason = reason!.Trim(),
                            Suggested = string.IsNullOrEmpty(suggested) ? null : suggested,
                            By = who,
                            At = now,
                            DecideBy = deadlines.DecideBy(now),
                        },
                    ],
                },
            cancellation
        );
    }

    /// <summary>Accepts: the submissions are labelled, and the issue goes to the category's office or to the one named.</summary>
    public async Task<Result<Issue>> AcceptAsync(
        string issueId,
        string? category,
        string? office,
        string who,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(category))
            return new Rejection(
                "category.required",
                "category",
                "请选择类别。",
                "Choose a category."
            );
        if (county.Category(category) is not { } known)
            return new Rejection(
                "category.unknown",
                "category",
                $"没有类别 {category}。",
                $"There is no category {category}."
            );
        var target = string.IsNullOrEmpty(office) ? county.OfficeFor(known.Code) : office;
        if (county.Office(target) is null)
            return UnknownOffice("office", target);
        if (await issues.FindAsync(issueId, cancellation) is not { } issue)
            return Unknown(issueId);
        if (!issue.HandedBack)
            return NothingAsked();
        if (target == issue.HandBacks[^1].Office)
            return new Rejection(
                "office.same",
                "office",
                "这样还是归退回的单位；请选另一个单位或类别，或者不同意退回。",
                "That is the office that handed it back: choose another office or category, or refuse."
            );

        // The labels first: cut short, the issue still waits, and accepting again says the same of them.
        foreach (var member in await issues.MembersAsync(issue.Id, MostLabelled, cancellation))
        {
            var labelled = await labels.LabelAsync(
                member.Id,
                known.Code,
                LabelSource.Handback,
                who,
                cancellation
            );
            if (labelled.IsOk && target != county.OfficeFor(known.Code))
                await store.UpdateAsync(
                    Containers.Submissions,
                    SubmissionId.Partition(member.Id),
                    member.Id,
                    s => s with { Office = target },
                    cancellation
                );
        }
        var now = time.GetUtcNow();
        return await DecideAsync(
            issue,
            h =>
                h with
                {
                    State = HandBackState.Accepted,
                    To = target,
                    Category = known.Code,
                    DecidedBy = who,
                    DecidedAt = now,
                },
            i => i with { Office = target, RoutedAt = now },
            cancellation
        );
    }

    /// <summary>Refuses, with the reason.</summary>
    public async Task<Result<Issue>> RefuseAsync(
        string issueId,
        string? note,
        string who,
        CancellationToken cancellation
    )
    {
        if (TextFault("note", note, "不同意的理由", "reason for the refusal") is { } fault)
            return fault;
        if (await issues.FindAsync(issueId, cancellation) is not { } issue)
            return Unknown(issueId);
        var now = time.GetUtcNow();
        return await DecideAsync(
            issue,
            h =>
                h with
                {
                    State = HandBackState.Refused,
                    Note = note!.Trim(),
                    DecidedBy = who,
                    DecidedAt = now,
                },
            i => i,
            cancellation
        );
    }

    /// <summary>What waits for the committee, the first to decide first.</summary>
    public async Task<IReadOnlyList<Issue>> WaitingAsync(CancellationToken cancellation)
    {
        var waiting = new List<Issue>();
        foreach (var month in await months.WithIssuesAsync(cancellation))
            waiting.AddRange(
                (
                    await store.QueryAsync(
                        new Query<Issue>(Containers.Issues, "byHandedBack", month)
                        {
                            Equal = [true],
                            Limit = MostListed,
                        },
                        cancellation
                    )
                ).Items.Select(i => i.Document)
            );
        return [.. waiting.OrderBy(i => i.HandBacks[^1].DecideBy).ThenBy(i => i.HandBacks[^1].At)];
    }

    /// <summary>The last day on which its office may hand an issue back.</summary>
    public async Task<DateOnly> HandBackByAsync(Issue issue, CancellationToken cancellation)
    {
        if (issue.RoutedAt is { } routed)
            return deadlines.HandBackBy(routed);
        // An old message may have come only now: what counts is when it came.
        var founder = await store.SubmissionAsync(issue.Founder, cancellation);
        return deadlines.HandBackBy(founder?.ReceivedAt ?? issue.FirstSeen);
    }

    private Task<Result<Issue>> DecideAsync(
        Issue issue,
        Func<HandBack, HandBack> decide,
        Func<Issue, Issue> follow,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            issue,
            i =>
                i.HandedBack
                    ? follow(i) with
                    {
                        HandBacks = [.. i.HandBacks.SkipLast(1), decide(i.HandBacks[^1])],
                    }
                    : NothingAsked(),
            cancellation
        );

    private async Task<Result<Issue>> ChangeAsync(
        Issue issue,
        Func<Issue, Result<Issue>> change,
        CancellationToken cancellation
    )
    {
        Result<Issue> result = Unknown(issue.Id);
        await store.UpdateAsync(
            Containers.Issues,
            issue.Partition,
            issue.Id,
            i =>
            {
                result = change(i);
                return result.IsOk ? result.Value : i;
            },
            cancellation
        );
        return result;
    }

    private static Rejection? TextFault(string field, string? text, string zh, string en) =>
        string.IsNullOrWhiteSpace(text)
            ? new Rejection($"{field}.required", field, $"缺少{zh}。", $"The {en} is missing.")
        : text.Length > LongestText
            ? new Rejection(
                $"{field}.tooLong",
                field,
                $"{zh}超过 {LongestText} 字。",
                $"The {en} is longer than {LongestText} characters."
            )
        : null;

    private static Rejection Unknown(string id) =>
        new("issue.unknown", null, $"没有议题 {id}。", $"There is no issue {id}.") { Status = 404 };

    private static Rejection UnknownOffice(string field, string code) =>
        new("office.unknown", field, $"没有单位 {code}。", $"There is no office {code}.");

    private static Rejection NotYours() =>
        new("issue.notYours", null, "这个议题不归本单位。", "This issue is not your office's.")
        {
            Status = 403,
        };

    private static Rejection NothingAsked() =>
        Conflict(
            "handBack.none",
            "没有等待决定的退回。",
            "Nothing has been handed back that waits for a decision."
        );

    private static Rejection Conflict(string code, string zh, string en) =>
        new(code, null, zh, en) { Status = 409 };
}
