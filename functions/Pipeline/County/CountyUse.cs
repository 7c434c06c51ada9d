using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Forums;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.County;

/// <summary>
/// Who still uses a code that is to be taken away. What was said, answered and given out names codes and is never rewritten:
/// without its line it would name nobody.
/// </summary>
public sealed class CountyUse(IDocumentStore store, TimeProvider time)
{
    /// <summary>Why codes that the county would no longer have cannot go; none where nobody uses them.</summary>
    public async Task<IReadOnlyList<Rejection>> FaultsAsync(
        CountyDirectory before,
        CountyParts after,
        CancellationToken cancellation
    )
    {
        var faults = new List<Rejection>();
        foreach (var office in before.Offices.Where(o => after.Directory.Office(o.Code) is null))
            faults.AddRange(
                Told(
                    $"承办单位 {office.Code} {office.Name}",
                    $"Office {office.Code} {office.NameEn}",
                    await OfOfficeAsync(office.Code, cancellation)
                )
            );
        foreach (var station in before.Stations.Where(s => after.Directory.Station(s.Code) is null))
            faults.AddRange(
                Told(
                    $"联络站 {station.Code} {station.Name}",
                    $"Station {station.Code} {station.NameEn}",
                    await OfStationAsync(station.Code, cancellation)
                )
            );
        var gone = before
            .Categories.Where(c => after.Directory.Category(c.Code) is null)
            .Where(c => !after.Changes.Changes.Any(change => LeadsOn(change, c.Code)))
            .ToList();
        if (gone.Count > 0)
            faults.AddRange(await OfCategoriesAsync(gone, cancellation));
        return faults;
    }

    // A category that was merged or split has its labels and submissions carried on.
    private static bool LeadsOn(CategoryChange change, string code) =>
        change.Kind != CategoryChangeKind.Rename
        && code.StartsWith(change.Code, StringComparison.Ordinal);

    private async Task<List<(long Count, string Zh, string En)>> OfOfficeAsync(
        string code,
        CancellationToken cancellation
    ) =>
        [
            await KeysAsync(k => k.Office == code, cancellation),
            (
                await CountAsync(
                    m => new Query<Issue>(Containers.Issues, "byOffice", m) { Equal = [code] },
                    cancellation
                ),
                "个议题",
                "issues"
            ),
            await SubmissionsAsync("byOffice", code, cancellation),
        ];

    private async Task<List<(long Count, string Zh, string En)>> OfStationAsync(
        string code,
        CancellationToken cancellation
    )
    {
        long forums = 0;
        foreach (var month in Months.Back(time.GetUtcNow()))
            forums += await store
                .AllAsync(new Query<Forum>(Containers.Forums, "recent", month), cancellation)
                .CountAsync(f => f.Station == code, cancellation);
        return
        [
            await KeysAsync(k => k.Station == code, cancellation),
            await SubmissionsAsync("byStation", code, cancellation),
            (forums, "场恳谈会", "forums"),
        ];
    }

    private async Task<List<Rejection>> OfCategoriesAsync(
        List<Category> gone,
        CancellationToken cancellation
    )
    {
        var labels = await store
            .AllAsync(
                new Query<Label>(Containers.Labels, "recent", Label.All) { Limit = 500 },
                cancellation
            )
            .GroupBy(l => l.Category)
            .ToDictionaryAsync(g => g.Key, g => (long)g.Count(), cancellationToken: cancellation);
        // The stores have no index of it; it is asked rarely, and only where a category goes for good.
        var issues = new Dictionary<string, long>();
        foreach (var month in Months.Back(time.GetUtcNow()))
        await foreach (
            var issue in store.AllAsync(
                new Query<RoutedIssue>(Containers.Issues.As<RoutedIssue>(), "recent", month)
                {
                    Limit = 500,
                },
                cancellation
            )
        )
            if (issue.Category is { } category)
                issues[category] = issues.GetValueOrDefault(category) + 1;
        return
        [
            .. gone.SelectMany(c =>
                Told(
                    $"类别 {c.Code} {c.Name}",
                    $"Category {c.Code} {c.NameEn}",
                    [
                        (labels.GetValueOrDefault(c.Code), "个标注", "labels"),
                        (issues.GetValueOrDefault(c.Code), "个议题", "issues"),
                    ]
                )
            ),
        ];
    }

    private static IEnumerable<Rejection> Told(
        string zh,
        string en,
        List<(long Count, string Zh, string En)> uses
    )
    {
        var some = uses.Where(u => u.Count > 0).ToList();
        if (some.Count > 0)
            yield return new(
                "county.inUse",
                null,
                $"{zh}还有{string.Join("、", some.Select(u => $" {u.Count} {u.Zh}"))}，不能删除。",
                $"{en} has {string.Join(", ", some.Select(u => $"{u.Count} {u.En}"))} and cannot be taken away."
            )
            {
                Status = 409,
            };
    }

    private async Task<(long Count, string Zh, string En)> KeysAsync(
        Func<ApiKey, bool> whose,
        CancellationToken cancellation
    ) =>
        (
            await store
                .AllAsync(new Query<ApiKey>(Containers.Keys, "all", "keys"), cancellation)
                .CountAsync(
                    k => k.WorksOn(LocalTime.DayOf(time.GetUtcNow())) && whose(k),
                    cancellation
                ),
            "把没有停用的密钥",
            "keys in use"
        );

    private async Task<(long Count, string Zh, string En)> SubmissionsAsync(
        string query,
        string code,
        CancellationToken cancellation
    ) =>
        (
            await CountAsync(
                m => new Query<Submission>(Containers.Submissions, query, m) { Equal = [code] },
                cancellation
            ),
            "件来件",
            "submissions"
        );

    private async Task<long> CountAsync<T>(
        Func<string, Query<T>> ofMonth,
        CancellationToken cancellation
    )
        where T : class, IDocument
    {
        long count = 0;
        foreach (var month in Months.Back(time.GetUtcNow()))
            count += await store.CountAsync(ofMonth(month), cancellation);
        return count;
    }
}
