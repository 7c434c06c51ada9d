using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>
/// A person merges or splits issues. Members move with everything they carry, the machine never moves them back, and
/// each regrouping records what is needed to undo it.
/// </summary>
public sealed class Regrouper(IDocumentStore store, IssueKeeper issues, TimeProvider time)
{
    private const int MostMembers = 2_000;

    /// <summary>Moves all members of an issue into another and leaves a signpost.</summary>
    public async Task<Result<Issue>> MergeAsync(
        string from,
        string? into,
        string who,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(into))
            return new Rejection(
                "into.required",
                "into",
                "缺少要并入的议题。",
                "The issue to merge into is missing."
            );
        var source = await issues.FindAsync(from, cancellation);
        var target = await issues.FindAsync(into, cancellation);
        if (source is null || target is null)
            return Unknown(source is null ? from : into);
        if (source.Id == target.Id)
            return new Rejection(
                "into.same",
                "into",
                "不能并入自身。",
                "An issue cannot be merged into itself."
            )
            {
                Status = 409,
            };
        var members = await issues.MembersAsync(source.Id, cancellation);
        if (members.Count >= MostMembers)
            return TooMany();

        // The signpost first: from here on new members go to the target, whatever happens to the move.
        var record = new Regrouping(
            "merge",
            who,
            time.GetUtcNow(),
            [.. members.Select(m => m.Id)],
            source.Id
        );
        await store.UpdateAsync(
            Containers.Issues,
            source.Partition,
            source.Id,
            i => i.MergedInto is null ? i with { MergedInto = target.Id } : i,
            cancellation
        );
        await MoveAsync(members, source.Id, target.Id, who, cancellation);
        // A signpost holds nobody: it is neither counted nor recurring.
        await issues.RefreshAsync(source.Id, null, cancellation);
        return (
            await issues.RefreshAsync(
                target.Id,
                i => i with { Regroupings = [.. i.Regroupings, record] },
                cancellation
            )
        )!;
    }

    /// <summary>Moves some members of an issue into a new one of their own.</summary>
    public async Task<Result<Issue>> SplitAsync(
        string id,
        IReadOnlyList<string>? wanted,
        string who,
        CancellationToken cancellation
    )
    {
        var source = await issues.FindAsync(id, cancellation);
        if (source is null)
            return Unknown(id);
        var all = await issues.MembersAsync(source.Id, cancellation);
        var chosen = all.Where(m => wanted?.Contains(m.Id) == true).ToList();
        if (chosen.Count == 0 || wanted!.Count != chosen.Count)
            return new Rejection(
                "members.unknown",
                "members",
                "所列来件不全在此议题中。",
                "Not all of the members named are in this issue."
            );
        if (chosen.Count == all.Count)
            return new Rejection(
                "members.all",
                "members",
                "不能把全部来件都拆出去。",
                "At least one member has to stay."
            )
            {
                Status = 409,
            };
        if (all.Count >= MostMembers)
            return TooMany();

        // Named by its first member; where that one founded an issue before, by the moment too.
        var target = "I" + chosen[0].Id;
        if (target == source.Id || await issues.FindAsync(target, cancellation) is not null)
            target += "-" + SubmissionId.Hash($"{source.Id}\n{time.GetUtcNow():O}", 4);
        await MoveAsync(chosen, source.Id, target, who, cancellation);
        var now = time.GetUtcNow();
        await issues.RefreshAsync(
            source.Id,
            i =>
                i with
                {
                    Regroupings =
                    [
                        .. i.Regroupings,
                        new("split", who, now, [.. chosen.Select(m => m.Id)], target),
                    ],
                },
            cancellation
        );
        return (
            await issues.RefreshAsync(
                target,
                i =>
                    i with
                    {
                        Regroupings =
                        [
                            .. i.Regroupings,
                            new("splitFrom", who, now, [.. chosen.Select(m => m.Id)], source.Id),
                        ],
                    },
                cancellation
            )
        )!;
    }

    /// <summary>Undoes the last merge into, or split out of, an issue.</summary>
    public async Task<Result<Issue>> UndoAsync(
        string id,
        string who,
        CancellationToken cancellation
    )
    {
        var issue = await issues.FindAsync(id, cancellation);
        if (issue is null)
            return Unknown(id);
        if (issue.Regroupings is not [.., var last] || last.Kind == "splitFrom")
            return new Rejection(
                "issue.nothingToUndo",
                null,
                "没有可以撤销的合并或拆分。",
                "There is no merge or split to undo."
            )
            {
                Status = 409,
            };
        if (last.Kind == "split" && !await StandsAsync(last, issue.Id, cancellation))
            return new Rejection(
                "issue.regroupedSince",
                null,
                "拆出的议题后来又合并或拆分过，请先到那个议题里撤销。",
                "The issue that was split off was merged or split since; undo that there first."
            )
            {
                Status = 409,
            };
        if (last.Kind == "merge")
            await store.UpdateAsync(
                Containers.Issues,
                SubmissionId.Partition(last.Other),
                last.Other,
                i => i with { MergedInto = null },
                cancellation
            );
        var (from, to) = last.Kind == "merge" ? (issue.Id, last.Other) : (last.Other, issue.Id);
        var members = (await issues.MembersAsync(from, cancellation))
            .Where(m => last.Members.Contains(m.Id))
            .ToList();
        await MoveAsync(members, from, to, who, cancellation);
        await issues.RefreshAsync(last.Other, null, cancellation);
        return (
            await issues.RefreshAsync(
                issue.Id,
                i => i with { Regroupings = [.. i.Regroupings.SkipLast(1)] },
                cancellation
            )
        )!;
    }

    // What was split off may have been decided on again: then its members are not where this split put them.
    private async Task<bool> StandsAsync(
        Regrouping split,
        string from,
        CancellationToken cancellation
    ) =>
        (
            await store.ReadAsync(
                Containers.Issues,
                SubmissionId.Partition(split.Other),
                split.Other,
                cancellation
            )
        )?.Document
            is { MergedInto: null, Regroupings: [.., { Kind: "splitFrom" } origin] }
        && origin.Other == from;

    // Into the new place first, out of the old one last: cut short in between, a member is found twice and never lost,
    // and doing it again finishes it.
    private async Task MoveAsync(
        IReadOnlyList<Member> members,
        string from,
        string to,
        string who,
        CancellationToken cancellation
    )
    {
        await store.WriteAsync(
            [
                .. members.Select(m =>
                    Containers.Members.Put(
                        m with
                        {
                            IssueId = to,
                            Pinned = m.Pinned || who != Reconciler.Name,
                            Attachment = (m.Attachment ?? new(null, 1, [], [], who)) with
                            {
                                By = who,
                            },
                        }
                    )
                ),
            ],
            cancellation
        );
        foreach (var member in members)
            await store.UpdateAsync(
                Containers.Submissions,
                SubmissionId.Partition(member.Id),
                member.Id,
                s => s with { IssueId = to },
                cancellation
            );
        await store.WriteAsync(
            [.. members.Select(m => Containers.Members.Delete(from, m.Id))],
            cancellation
        );
    }

    private static Rejection Unknown(string id) =>
        new("issue.unknown", null, $"没有议题 {id}。", $"There is no issue {id}.") { Status = 404 };

    private static Rejection TooMany() =>
        new(
            "issue.tooLarge",
            null,
            $"超过 {MostMembers} 件的议题不能在此合并或拆分。",
            $"Issues of more than {MostMembers} members cannot be regrouped here."
        )
        {
            Status = 409,
        };
}
