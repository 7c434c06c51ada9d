using System.Text.RegularExpressions;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Forums;

/// <summary>Corrects how minutes were cut: a draft that holds two matters is cut in two, one cut too early is joined to the one before.</summary>
public sealed partial class ForumCuts(
    IDocumentStore store,
    ForumItems items,
    Vault vault,
    RetentionOptions retention,
    TimeProvider time
)
{
    private readonly ItemText texts = new(store, vault, retention, time);

    /// <summary>Cuts a draft at its empty lines. The first part stays, the others become drafts at the end.</summary>
    public async Task<Result<ForumItem>> CutAsync(
        Forum forum,
        int number,
        string? body,
        Sender sender,
        CancellationToken cancellation
    )
    {
        var found = await DraftAsync(forum, number, cancellation);
        if (!found.IsOk)
            return found;
        var item = found.Value;
        var content = await texts.ReadAsync(item, cancellation);
        var parts = EmptyLines()
            .Split(body?.ReplaceLineEndings("\n") ?? content.Body)
            .Select(p => p.Trim())
            .Where(p => p.Length > 0)
            .ToList();
        if (parts.Count < 2)
            return new Rejection(
                "item.oneMatter",
                "body",
                "请在要断开的地方空一行。",
                "Leave an empty line where it is to be cut."
            );
        var others = parts
            .Skip(1)
            .Select(p => new NewForumItem(
                null,
                p,
                content.Place,
                null,
                content.Reporter,
                Outcome.Unsettled,
                null,
                null
            ))
            .ToList();
        foreach (var other in others)
            if (items.Check(other, forum, sender) is { Count: > 0 } faults)
                return faults;
        // The others first: a cut that is broken off leaves a text twice, never none.
        foreach (var (i, other) in others.Index())
        {
            var put = await items.PutAsync(
                forum,
                other,
                $"cut:{item.Key}:{i}:{other.Body}",
                ItemState.Draft,
                cancellation
            );
            if (!put.IsOk)
                return put;
        }
        return await RewriteAsync(item, content with { Body = parts[0] }, cancellation);
    }

    /// <summary>Joins a draft to the draft before it, and sets it aside.</summary>
    public async Task<Result<ForumItem>> JoinAsync(
        Forum forum,
        int number,
        CancellationToken cancellation
    )
    {
        var found = await DraftAsync(forum, number, cancellation);
        if (!found.IsOk)
            return found;
        var before = (await items.ItemsAsync(forum.Id, cancellation)).LastOrDefault(i =>
            i.Number < number && i.State == ItemState.Draft
        );
        if (before is null)
            return ForumItems.Conflict(
                "item.first",
                "前面没有草稿可以并入。",
                "There is no draft before it."
            );
        var content = await texts.ReadAsync(found.Value, cancellation);
        var first = await texts.ReadAsync(before, cancellation);
        var joined = await RewriteAsync(
            before,
            first with
            {
                Body = first.Body + "\n" + content.Body,
            },
            cancellation
        );
        var discarded = await items.DiscardAsync(forum, number, cancellation);
        return discarded.IsOk ? joined : discarded;
    }

    private async Task<Result<ForumItem>> DraftAsync(
        Forum forum,
        int number,
        CancellationToken cancellation
    )
    {
        var item = await items.FindItemAsync(forum, number, cancellation);
        return item is null ? ForumItems.Unknown(number)
            : item.State == ItemState.Draft ? item
            : ForumItems.Conflict(
                "item.noDraft",
                "只有草稿可以断开或并入。",
                "Only drafts can be cut or joined."
            );
    }

    private async Task<ForumItem> RewriteAsync(
        ForumItem item,
        PrivateContent content,
        CancellationToken cancellation
    )
    {
        await store.WriteAsync(texts.Put(item, content), cancellation);
        var masked = ItemText.Masked(item, content);
        return (
            await store.UpdateAsync(
                Containers.ForumItems,
                item.ForumId,
                item.Id,
                i => i with { Title = masked.Title, Body = masked.Body },
                cancellation
            )
        )!;
    }

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex EmptyLines();
}
