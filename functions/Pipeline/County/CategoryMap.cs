namespace OpinionPipeline.Pipeline.County;

/// <summary>
/// 类别调整: what a category said at one time is called today. Labels and models keep the words of their day; whoever
/// reads them asks here.
/// </summary>
public sealed class CategoryMap
{
    // Both change at once: a change of the taxonomy and the taxonomy it was made for belong together.
    private volatile Standing standing;

    /// <exception cref="InvalidDataException">A change contradicts the taxonomy.</exception>
    public CategoryMap(CountyDirectory county, IEnumerable<CategoryChange> changes)
    {
        standing = new(county, [.. changes.OrderBy(c => c.On)]);
        foreach (var (i, change) in Changes.Index())
        {
            if (change.To.Count == 0)
                throw new InvalidDataException($"category {change.Code} changes into nothing.");
            foreach (var target in change.To)
                if (
                    county.Category(target) is null
                    && !Changes.Skip(i + 1).Any(later => later.Covers(target))
                )
                    throw new InvalidDataException(
                        $"category {change.Code} changes into {target}, which the taxonomy does not have."
                    );
            if (change.Kind == CategoryChangeKind.Merge && county.Category(change.Code) is not null)
                throw new InvalidDataException(
                    $"category {change.Code} was merged into {change.To[0]} and is still in the taxonomy."
                );
        }
    }

    /// <summary>The county in today's words.</summary>
    public CountyDirectory County => standing.County;

    /// <summary>The changes, the earliest first.</summary>
    public IReadOnlyList<CategoryChange> Changes => standing.Changes;

    /// <summary>Another object after each change; see <see cref="CountyDirectory.State"/>.</summary>
    internal object State => standing;

    /// <summary>Today's category for what was said then.</summary>
    /// <param name="said">A code, or a first-level category's Chinese name.</param>
    /// <param name="at">
    /// When. Null for files that are kept by hand: a category that the taxonomy still has is then meant as it is today.
    /// </param>
    /// <returns>The code; null where it was split since, or where no such category is known.</returns>
    public string? Today(string said, DateTimeOffset? at) => Today(standing, said, at);

    /// <summary>The same as the name of the first-level category above it, which is what models are taught.</summary>
    public string? TodaysLabel(string said, DateTimeOffset? at) =>
        standing is var now && Today(now, said, at) is { } code
            ? now.County.Category(code[..2])?.Name
            : null;

    /// <summary>Today's category for a second-level one by its Chinese name and what stood above it.</summary>
    /// <returns>The code; null where it was split since, is no second-level category any more, or was never known.</returns>
    public string? TodayBelow(string first, string second, DateTimeOffset? at)
    {
        var now = standing;
        var above =
            now.Known(first)?.Code
            ?? now.Changes.FirstOrDefault(c => c.Name == first)?.Code
            ?? first;
        var code =
            now.County.CategoryBelow(above, second)?.Code
            ?? now.Changes.FirstOrDefault(c =>
                c.Code.Length == 4
                && c.Name == second
                && c.Code.StartsWith(above, StringComparison.Ordinal)
            )?.Code;
        return code is not null && Today(now, code, at) is { Length: 4 } today ? today : null;
    }

    /// <summary>From now on this is the other.</summary>
    internal void Become(CategoryMap other) => standing = other.standing;

    private static string? Today(Standing now, string said, DateTimeOffset? at)
    {
        foreach (var change in now.Changes)
        {
            if (!change.Covers(said))
                continue;
            // On the day of the change some still said it in the old words, and a model that was trained that morning does:
            // what is no word of today was never meant in today's.
            var inTodaysWords =
                now.Known(said) is not null
                && (at is not { } then || LocalTime.DayOf(then) >= change.On);
            if (inTodaysWords)
                continue;
            switch (change.Kind)
            {
                case CategoryChangeKind.Split:
                    return null;
                case CategoryChangeKind.Merge:
                    said = change.To[0];
                    break;
                case CategoryChangeKind.Rename when said == change.Name:
                    said = change.Code;
                    break;
            }
        }
        return now.Known(said)?.Code;
    }

    private sealed record Standing(CountyDirectory County, IReadOnlyList<CategoryChange> Changes)
    {
        public Category? Known(string said) => County.Category(said) ?? County.CategoryNamed(said);
    }
}

/// <summary>One change of the taxonomy.</summary>
/// <param name="Code">The category's code before.</param>
/// <param name="Name">Its Chinese name before.</param>
/// <param name="To">The codes it is now: itself for a new name, another for a merger, several for a split.</param>
/// <param name="On">The first day (county's clock) on which people use the new ones.</param>
/// <param name="Note">Why, for the people who read it.</param>
public sealed record CategoryChange(
    string Code,
    string Name,
    IReadOnlyList<string> To,
    DateOnly On,
    string Note
)
{
    /// <summary>What it does to labels.</summary>
    public CategoryChangeKind Kind =>
        To.Count > 1 ? CategoryChangeKind.Split
        : To[0] == Code ? CategoryChangeKind.Rename
        : CategoryChangeKind.Merge;

    /// <summary>
    /// True for the category itself, by code or name, and for those below it. By name those of the first level alone are
    /// known: further down several categories share one, with each other and with the first level.
    /// </summary>
    public bool Covers(string said) =>
        (Code.Length == 2 && said == Name) || said.StartsWith(Code, StringComparison.Ordinal);
}

/// <summary>Kinds of change. A new category is none: it has no labels yet.</summary>
public enum CategoryChangeKind
{
    /// <summary>The same category under another name.</summary>
    Rename,

    /// <summary>All of it is another category now, or part of one.</summary>
    Merge,

    /// <summary>Only a person can say which of several it is now.</summary>
    Split,
}
