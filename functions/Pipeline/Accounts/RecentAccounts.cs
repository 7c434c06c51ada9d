using System.Collections.Concurrent;

namespace OpinionPipeline.Pipeline.Accounts;

/// <summary>
/// Accounts as pages show them, at most a minute old: a busy month is thousands of documents, and whoever looks at it
/// takes it along for Excel and for Word too.
/// </summary>
public sealed class RecentAccounts(AccountDesk desk, TimeProvider time)
{
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<DateOnly, MonthlyAccount> drawn = [];

    /// <summary>The account of the month in which the day lies.</summary>
    public async Task<MonthlyAccount> OfAsync(DateOnly day, CancellationToken cancellation)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        if (drawn.TryGetValue(month, out var before) && time.GetUtcNow() - before.AsOf < Good)
            return before;
        return drawn[month] = await desk.OfAsync(month, cancellation);
    }
}
