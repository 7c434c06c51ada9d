using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Forums;

/// <summary>
/// Records what was said at a session. Each item becomes a submission through the ordinary intake; only what was left
/// unsettled goes up.
/// </summary>
public sealed class ForumItems(
    IDocumentStore store,
    IMessageQueue queue,
    Intake intake,
    Vault vault,
    RetentionOptions retention,
    CountyDirectory county,
    TimeProvider time
)
{
    private const int MostItems = 1_000;
    private const int LongestAnswer = 2_000;
    private readonly ItemText texts = new(store, vault, retention, time);

    /// <summary>The items in their order.</summary>
    public async Task<List<ForumItem>> ItemsAsync(string forumId, CancellationToken cancellation)
    {
        var items = new List<ForumItem>();
        await foreach (
            var item in store.AllAsync(
                new Query<ForumItem>(Containers.ForumItems, "all", forumId) { Limit = 500 },
                cancellation
            )
        )
            items.Add(item);
        return items;
    }

    /// <summary>Records one item and hands it in as a submission.</summary>
    public async Task<Result<ForumItem>> AddAsync(
        Forum forum,
        NewForumItem item,
        string? key,
        Sender sender,
        CancellationToken cancellation
    )
    {
        if (Check(item, forum, sender) is { Count: > 0 } faults)
            return faults;
        var added = await PutAsync(forum, item, key, ItemState.Submitted, cancellation);
        return added.IsOk ? await SubmitAsync(forum, added.Value, sender, cancellation) : added;
    }

    /// <summary>Takes minutes: each speech becomes a draft that the recorder confirms, changes or discards.</summary>
    public async Task<Result<List<ForumItem>>> AddMinutesAsync(
        Forum forum,
        IReadOnlyList<Speech> speeches,
        Sender sender,
        CancellationToken cancellation
    )
    {
        var items = speeches.Select(s => new NewForumItem(
            Opening(s.Text),
            s.Text,
            null,
            null,
            s.Speaker is null ? null : new Reporter(s.Speaker, null),
            s.Outcome,
            s.Answer,
            s.AnsweredBy
        ));
        var drafts = new List<ForumItem>();
        var keys = new RowKeys();
        foreach (var item in items)
        {
            if (Check(item, forum, sender) is { Count: > 0 } faults)
                return faults;
            var draft = await PutAsync(
                forum,
                item,
                "minutes:" + keys.Next(Submission(forum, item)),
                ItemState.Draft,
                cancellation
            );
            if (!draft.IsOk)
                return (List<Rejection>)[.. draft.Rejections];
            drafts.Add(draft.Value);
        }
        return drafts;
    }

    /// <summary>
    /// The recorder's word on an item: a draft so confirmed is handed in, an item already handed in goes up or stays
    /// down as decided.
    /// </summary>
    public async Task<Result<ForumItem>> DecideAsync(
        Forum forum,
        int number,
        ItemDecision decision,
        Sender sender,
        CancellationToken cancellation
    )
    {
        var item = await FindItemAsync(forum, number, cancellation);
        if (item is null)
            return Unknown(number);
        if (item.State == ItemState.Discarded)
            return Conflict("item.discarded", "这一条已作废。", "This item was discarded.");
        if (decision.Answer?.Length > LongestAnswer)
            return TooLong();
        if (
            item.State == ItemState.Submitted
            && item.SubmissionId is not null
            && (decision.Title ?? decision.Body) is not null
        )
            return Conflict(
                "item.submitted",
                "这一条已作为来件报送，文字不能再改。",
                "This item is a submission already; its text stands."
            );
        if (decision.Title is not null || decision.Body is not null)
        {
            var content = await texts.ReadAsync(item, cancellation);
            var changed = content with
            {
                Title = decision.Title ?? content.Title,
                Body = decision.Body ?? content.Body,
            };
            var faults = Check(
                new(
                    changed.Title,
                    changed.Body,
                    null,
                    null,
                    content.Reporter,
                    item.Outcome,
                    null,
                    null
                ),
                forum,
                sender
            );
            if (faults.Count > 0)
                return faults;
            await store.WriteAsync(texts.Put(item, changed), cancellation);
            item = ItemText.Masked(item, changed);
        }
        var masked = item;
        item = (
            await store.UpdateAsync(
                Containers.ForumItems,
                forum.Id,
                item.Id,
                i =>
                    i with
                    {
                        Title = masked.Title,
                        Body = masked.Body,
                        State = ItemState.Submitted,
                        Outcome = decision.Outcome ?? i.Outcome,
                        Answer = decision.Answer?.Trim() ?? i.Answer,
                        AnsweredBy = decision.AnsweredBy?.Trim() ?? i.AnsweredBy,
                    },
                cancellation
            )
        )!;
        var submitted = await SubmitAsync(forum, item, sender, cancellation);
        if (!submitted.IsOk)
            return submitted;
        await PassOnAsync(submitted.Value, sender, cancellation);
        return submitted;
    }

    /// <summary>Sets a draft aside; it stays on record and never becomes a submission.</summary>
    public async Task<Result<ForumItem>> DiscardAsync(
        Forum forum,
        int number,
        CancellationToken cancellation
    )
    {
        var item = await FindItemAsync(forum, number, cancellation);
        if (item is null)
            return Unknown(number);
        if (item.State == ItemState.Submitted)
            return Conflict(
                "item.submitted",
                "这一条已作为来件报送，不能作废。",
                "This item is a submission already and cannot be discarded."
            );
        return (
            await store.UpdateAsync(
                Containers.ForumItems,
                forum.Id,
                item.Id,
                i => i.State == ItemState.Draft ? i with { State = ItemState.Discarded } : i,
                cancellation
            )
        )!;
    }

    // The item's text lies sealed until it is a submission, which then has a record of its own.
    internal async Task<Result<ForumItem>> PutAsync(
        Forum forum,
        NewForumItem item,
        string? key,
        ItemState state,
        CancellationToken cancellation
    )
    {
        var hash = SubmissionId.Hash(
            key ?? Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
            26
        );
        while (true)
        {
            var all = await ItemsAsync(forum.Id, cancellation);
            if (all.Find(i => i.Key == hash) is { } earlier)
                return earlier;
            if (all.Count >= MostItems)
                return Conflict(
                    "forum.full",
                    $"一场恳谈会最多 {MostItems} 条。",
                    $"A session takes {MostItems} items at most."
                );
            var number = all.Count == 0 ? 1 : all[^1].Number + 1;
            var content = new PrivateContent(
                item.Title?.Trim() ?? Opening(item.Body!),
                item.Body!.Trim(),
                item.Place,
                item.Reporter
            );
            var record = ItemText.Masked(
                new ForumItem
                {
                    Id = ForumItem.IdOf(number),
                    ForumId = forum.Id,
                    Number = number,
                    Key = hash,
                    Title = "",
                    Body = "",
                    Outcome = item.Outcome,
                    Answer = item.Answer is null ? null : Masker.Mask(item.Answer.Trim()).Text,
                    AnsweredBy = item.AnsweredBy?.Trim(),
                    State = state,
                },
                content
            );
            // The text first, under its key: an item whose text is missing must not be.
            var written = await store.WriteAsync(
                [texts.Put(record, content), Containers.ForumItems.Create(record)],
                cancellation
            );
            if (written[1].IsDone)
                return record;
        }
    }

    private async Task<Result<ForumItem>> SubmitAsync(
        Forum forum,
        ForumItem item,
        Sender sender,
        CancellationToken cancellation
    )
    {
        if (item.SubmissionId is not null)
            return item;
        var content = await texts.ReadAsync(item, cancellation);
        var accepted = await intake.AcceptAsync(
            new NewSubmission
            {
                Title = content.Title,
                Body = content.Body,
                Place = content.Place ?? forum.Place,
                SaidAt = new DateTimeOffset(forum.HeldOn, new TimeOnly(12, 0), LocalTime.Offset),
                Station = forum.Station,
                SourceId = $"{forum.Id}/{item.Number}",
                Reporter = content.Reporter,
                Forum = forum.Id,
                Escalates = item.Outcome == Outcome.Unsettled,
            },
            $"forum:{forum.Id}:{item.Number}",
            new Sender(sender.Account, forum.Station, Channel.Forum),
            cancellation
        );
        if (!accepted.IsOk)
            return (List<Rejection>)[.. accepted.Rejections];
        var submitted = await store.UpdateAsync(
            Containers.ForumItems,
            forum.Id,
            item.Id,
            i => i with { SubmissionId = accepted.Value.Id },
            cancellation
        );
        await PassOnAsync(submitted!, sender, cancellation);
        await store.WriteAsync(ItemText.Delete(item), cancellation);
        return submitted!;
    }

    // The outcome decides whether the submission goes up; the answer at the table answers it. Both make it count anew.
    private async Task PassOnAsync(ForumItem item, Sender sender, CancellationToken cancellation)
    {
        var answer = item.Answer is null
            ? null
            : new Reply(
                item.AnsweredBy ?? "",
                item.Answer,
                null,
                null,
                null,
                item.Outcome == Outcome.Settled,
                sender.Account,
                time.GetUtcNow()
            );
        var escalates = item.Outcome == Outcome.Unsettled;
        var changed = false;
        await store.UpdateAsync(
            Containers.Submissions,
            SubmissionId.Partition(item.SubmissionId!),
            item.SubmissionId!,
            s =>
            {
                var same = s.Reply?.Text == answer?.Text && s.Reply?.Settled == answer?.Settled;
                changed = s.Escalates != escalates;
                return same && !changed
                    ? s
                    : s with
                    {
                        Escalates = escalates,
                        Reply = same ? s.Reply : answer,
                        Pending = changed ? QueueNames.Submissions : s.Pending,
                    };
            },
            cancellation
        );
        if (changed)
            await queue.SendAsync(
                QueueNames.Submissions,
                [item.SubmissionId!],
                TimeSpan.Zero,
                cancellation
            );
    }

    internal List<Rejection> Check(NewForumItem item, Forum forum, Sender sender)
    {
        if (forum.ClosedAt is not null)
            return
            [
                Conflict(
                    "forum.closed",
                    "这场恳谈会已结束；要补记，请先重新打开。",
                    "This session is closed; open it again to add to it."
                ),
            ];
        if (forum.HeldOn > LocalTime.DayOf(time.GetUtcNow()).AddDays(1))
            return
            [
                Conflict(
                    "forum.notYet",
                    "这场恳谈会还没有开，不能记录发言。",
                    "This session has not been held yet; nothing can be recorded."
                ),
            ];
        var faults = Validation.Check(
            Submission(forum, item),
            null,
            sender,
            county,
            time.GetUtcNow()
        );
        if (item.Answer?.Length > LongestAnswer)
            faults.Add(TooLong());
        return faults;
    }

    private static NewSubmission Submission(Forum forum, NewForumItem item) =>
        new()
        {
            Title = item.Title,
            Body = item.Body,
            Place = item.Place,
            Kind = item.Kind,
            Reporter = item.Reporter,
            Station = forum.Station,
        };

    internal async Task<ForumItem?> FindItemAsync(
        Forum forum,
        int number,
        CancellationToken cancellation
    ) =>
        (
            await store.ReadAsync(
                Containers.ForumItems,
                forum.Id,
                ForumItem.IdOf(number),
                cancellation
            )
        )?.Document;

    private static string Opening(string body)
    {
        var end = body.IndexOfAny(['。', '！', '？', ';', '；', '!', '?', '\n', ',', '，']);
        var first = end is > 4 and <= 30 ? body[..end] : body;
        return first.Length <= 30 ? first : first[..30] + "…";
    }

    internal static Rejection Unknown(int number) =>
        new("item.unknown", null, $"没有第 {number} 条。", $"There is no item {number}.")
        {
            Status = 404,
        };

    private static Rejection TooLong() =>
        new(
            "answer.tooLong",
            "answer",
            $"答复超过 {LongestAnswer} 字。",
            $"The answer is longer than {LongestAnswer} characters."
        );

    internal static Rejection Conflict(string code, string zh, string en) =>
        new(code, null, zh, en) { Status = 409 };
}
