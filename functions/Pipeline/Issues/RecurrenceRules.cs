namespace OpinionPipeline.Pipeline.Issues;

/// <summary>When an issue counts as recurring: so many distinct submissions, from so many stations or forums, inside so many days.</summary>
/// <param name="Category">Code the rule is for, the longest that fits wins; empty for all.</param>
public sealed record RecurrenceRule(string Category, int Submissions, int Sources, int WindowDays);

/// <summary>The county's rules. Matters of safety need fewer voices.</summary>
/// <param name="rules">The rules; none for a category means 5 submissions of 3 sources in 60 days.</param>
/// <param name="online">Stations that stand for a public message board: there everybody is a source of their own.</param>
public sealed class RecurrenceRules(
    IReadOnlyList<RecurrenceRule> rules,
    IReadOnlySet<string> online
)
{
    // Rules and boards change at once.
    private volatile Standing standing = new(rules, online);

    /// <summary>The rule for a category.</summary>
    public RecurrenceRule For(string? category) =>
        standing
            .Rules.Where(r => (category ?? "").StartsWith(r.Category, StringComparison.Ordinal))
            .MaxBy(r => r.Category.Length)
        ?? new("", 5, 3, 60);

    /// <summary>
    /// The moment from which the members were enough, or null. Only members that repeat no other and go up count, one a
    /// known reporter: a burst by one sender makes no issue.
    /// </summary>
    public DateTimeOffset? Since(string? category, IEnumerable<Member> members)
    {
        var boards = standing.Online;
        var voices = members
            .Where(m => m.DuplicateOf is null && m.Escalates)
            .OrderBy(m => m.SaidAt)
            .ThenBy(m => m.Id, StringComparer.Ordinal)
            .DistinctBy(m => m.ReporterTag ?? m.Id);
        return Since(
            category,
            voices.Select(m =>
                (m.SaidAt, m.Forum ?? (boards.Contains(m.Station) ? m.Id : m.Station))
            )
        );
    }

    /// <summary>The moment from which voices, each with its time and source, were enough, or null.</summary>
    public DateTimeOffset? Since(
        string? category,
        IEnumerable<(DateTimeOffset At, string Source)> voices
    )
    {
        var rule = For(category);
        var ordered = voices.OrderBy(v => v.At).ToList();
        var first = 0;
        for (var last = 0; last < ordered.Count; last++)
        {
            while (ordered[last].At - ordered[first].At > TimeSpan.FromDays(rule.WindowDays))
                first++;
            var inside = ordered.GetRange(first, last - first + 1);
            if (
                inside.Count >= rule.Submissions
                && inside.DistinctBy(v => v.Source).Count() >= rule.Sources
            )
                return ordered[last].At;
        }
        return null;
    }

    /// <summary>From now on this is the other; see <see cref="County.CountyDirectory"/>.</summary>
    internal void Become(RecurrenceRules other) => standing = other.standing;

    private sealed record Standing(
        IReadOnlyList<RecurrenceRule> Rules,
        IReadOnlySet<string> Online
    );
}
