using System.Text.Json;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>Keeps what an issue says of itself in step with its members, and sends for a report when one is due.</summary>
public sealed class IssueKeeper(
    IDocumentStore store,
    IMessageQueue queue,
    IssueDescription description
)
{
    /// <summary>Members read at most to title and count an issue; beyond, the newest ones no longer change what it is.</summary>
    public const int MostMembersRead = 2_000;

    /// <summary>An issue of fewer members is told anew whenever one joins: a tenth of them is less than one.</summary>
    private const int Few = 10;

    /// <summary>Many who speak of one matter within seconds make one draft.</summary>
    private static readonly TimeSpan BeforeDrafting = TimeSpan.FromSeconds(5);

    /// <summary>Follows signposts to the issue that now holds the members; null where there is none.</summary>
    public async Task<Issue?> FindAsync(string issueId, CancellationToken cancellation)
    {
        for (var hops = 0; hops < 32; hops++)
        {
            var stored = await ReadAsync(issueId, cancellation);
            if (stored?.Document.MergedInto is not { } next)
                return stored?.Document;
            issueId = next;
        }
        throw new InvalidOperationException($"Issue {issueId}: its signposts lead in a circle.");
    }

    /// <summary>All members, at most <see cref="MostMembersRead"/>, in the order they were said.</summary>
    public Task<List<Member>> MembersAsync(string issueId, CancellationToken cancellation) =>
        MembersAsync(Of(issueId), MostMembersRead, cancellation);

    /// <summary>The first members, in the order they were said; those of the last moments may be missing.</summary>
    public Task<List<Member>> MembersAsync(
        string issueId,
        int most,
        CancellationToken cancellation
    ) => MembersAsync(Of(issueId) with { MayLag = true }, most, cancellation);

    private async Task<List<Member>> MembersAsync(
        Query<Member> query,
        int most,
        CancellationToken cancellation
    )
    {
        var members = new List<Member>();
        await foreach (
            var member in store.AllAsync(query with { Limit = Math.Min(most, 500) }, cancellation)
        )
        {
            members.Add(member);
            if (members.Count == most)
                break;
        }
        return members;
    }

    /// <summary>Counts a member that stands in the store, and writes what follows from it.</summary>
    /// <param name="member">The member.</param>
    /// <param name="isNew">False where it stood there before: then all is told anew.</param>
    /// <param name="kindId">The kind the issue is of, where it has none yet.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The issue; a signpost where it was merged meanwhile, which then does not count the member.</returns>
    public async Task<Issue?> CountAsync(
        Member member,
        bool isNew,
        string? kindId,
        CancellationToken cancellation
    )
    {
        var founds = isNew && member.IssueId == "I" + member.Id;
        while (true)
        {
            // Whoever founds an issue is alone in it: nothing need be read.
            var stored = founds ? null : await ReadAsync(member.IssueId, cancellation);
            var before = stored?.Document;
            if (before?.MergedInto is not null)
                return before;
            var now =
                founds ? description.Of(null, member.IssueId, [member], 1)
                : isNew && before is not null ? await JoinedAsync(before, member, cancellation)
                : await DescribedAsync(member.IssueId, before, cancellation);
            if (now is { KindId: null } && kindId is not null)
                now = now with { KindId = kindId };
            if (now is null || await SaveAsync(stored, now, cancellation))
                return now;
            founds = false;
        }
    }

    /// <summary>Tells an issue anew from its members; creates it where it is new. Null where it has none and never had.</summary>
    public async Task<Issue?> RefreshAsync(
        string issueId,
        Func<Issue, Issue>? alter,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            var stored = await ReadAsync(issueId, cancellation);
            var now = await DescribedAsync(issueId, stored?.Document, cancellation);
            if (now is null)
                return null;
            if (alter is not null)
                now = alter(now);
            if (await SaveAsync(stored, now, cancellation))
                return now;
        }
    }

    /// <summary>Takes a member away that does not belong there.</summary>
    public async Task DetachAsync(
        string issueId,
        string submissionId,
        CancellationToken cancellation
    )
    {
        await store.WriteAsync(Containers.Members.Delete(issueId, submissionId), cancellation);
        await RefreshAsync(issueId, null, cancellation);
    }

    // Read after the issue, so that the ETag guards against members counted too early.
    private async Task<Issue?> DescribedAsync(
        string issueId,
        Issue? before,
        CancellationToken cancellation
    )
    {
        var members = await MembersAsync(issueId, cancellation);
        if (members.Count == 0 && before is null)
            return null;
        var count =
            members.Count < MostMembersRead
                ? members.Count
                : (int)await store.CountAsync(Of(issueId), cancellation);
        return description.Of(before, issueId, members, count);
    }

    // Counted in the partition, never by adding one: who recounts sees members that are about to count themselves.
    private async Task<Issue?> JoinedAsync(
        Issue before,
        Member member,
        CancellationToken cancellation
    )
    {
        if (before.Described < Few)
            return await DescribedAsync(before.Id, before, cancellation);
        var count = (int)await store.CountAsync(Of(before.Id), cancellation);
        return (count - before.Described) * 10 < before.Described
            ? IssueDescription.Joined(before, member, count)
            : await DescribedAsync(before.Id, before, cancellation);
    }

    // False where somebody else wrote it meanwhile.
    private async Task<bool> SaveAsync(
        Stored<Issue>? stored,
        Issue now,
        CancellationToken cancellation
    )
    {
        if (stored is not null && Same(stored.Document, now))
            return true;
        var written = await store.WriteAsync(
            stored is null
                ? Containers.Issues.Create(now)
                : Containers.Issues.Replace(now, stored.ETag),
            cancellation
        );
        if (written.IsDone && now.Pending is { } owed && stored?.Document.Pending is null)
            await queue.SendAsync(owed, [now.Id], BeforeDrafting, cancellation);
        return written.IsDone;
    }

    private Task<Stored<Issue>?> ReadAsync(string issueId, CancellationToken cancellation) =>
        store.ReadAsync(Containers.Issues, SubmissionId.Partition(issueId), issueId, cancellation);

    private static Query<Member> Of(string issueId) => new(Containers.Members, "bySaidAt", issueId);

    // Whoever joins changes the count.
    private static bool Same(Issue a, Issue b) =>
        a.Count == b.Count
        && JsonSerializer.Serialize(a, DocumentJson.Options)
            == JsonSerializer.Serialize(b, DocumentJson.Options);
}
