using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>
/// The months in which issues were founded. A month that is over stays as it is, so each is asked for once in the life of
/// a process: a county in its first year is not made to pay for three.
/// </summary>
public sealed class UsedMonths(IDocumentStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, bool> past = [];

    /// <summary>Those that have issues and the newest two, the newest first.</summary>
    public async Task<IReadOnlyList<string>> WithIssuesAsync(CancellationToken cancellation)
    {
        var used = new List<string>();
        foreach (var (number, month) in Months.Back(time.GetUtcNow()).Index())
        {
            var has = number < Months.Open;
            if (!has && !past.TryGetValue(month, out has))
                past[month] = has = await HasIssuesAsync(month, cancellation);
            if (has)
                used.Add(month);
        }
        return used;
    }

    /// <summary>All issues of which a thing is true, those of the newest months first; those of the last moments may be missing.</summary>
    /// <param name="query">The query of <see cref="Containers.Issues"/> that asks for it.</param>
    /// <param name="cancellation">Stops it.</param>
    public async IAsyncEnumerable<Issue> IssuesAsync(
        string query,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        foreach (var month in await WithIssuesAsync(cancellation))
        await foreach (
            var issue in store.AllAsync(
                new Query<Issue>(Containers.Issues, query, month)
                {
                    Equal = [true],
                    Limit = 500,
                    MayLag = true,
                },
                cancellation
            )
        )
            yield return issue;
    }

    private async Task<bool> HasIssuesAsync(string month, CancellationToken cancellation) =>
        (
            await store.QueryAsync(
                new Query<Issue>(Containers.Issues, "recent", month) { Limit = 1, MayLag = true },
                cancellation
            )
        )
            .Items
            .Count > 0;
}
