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
    /// <summary>The rule for a category.</summary>
    public RecurrenceRule For(string? category) =>
        rules
            .Where(r => (category ?? "").StartsWith(r.Category, StringComparison.Ordinal))
            .MaxBy(r => r.Category.Length)
        ?? new("", 5, 3, 60);

    /// <summary>
    /// The moment from which the members were enough, or null. Only members that repeat no other and go up count, one a
    /// known reporter: a burst by one sender makes no issue.
    /// </summary>
    public DateTimeOffset? Since(string? category, IEnumerable<Member> members)
    {
        var rule = For(category);
        var voices = members
            .Where(m => m.DuplicateOf is null && m.Escalates)
            .OrderBy(m => m.SaidAt)
            .ThenBy(m => m.Id, StringComparer.Ordinal)
            .DistinctBy(m => m.ReporterTag ?? m.Id)
            .ToList();
        var first = 0;
        for (var last = 0; last < voices.Count; last++)
        {
            while (voices[last].SaidAt - voices[first].SaidAt > TimeSpan.FromDays(rule.WindowDays))
                first++;
            if (last - first + 1 < rule.Submissions)
                continue;
            var sources = voices
                .Skip(first)
                .Take(last - first + 1)
                .Select(m => m.Forum ?? (online.Contains(m.Station) ? m.Id : m.Station));
            if (sources.Distinct().Count() >= rule.Sources)
                return voices[last].SaidAt;
        }
        return null;
    }
}
