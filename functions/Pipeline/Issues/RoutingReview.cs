using System.Text.Json.Serialization;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>What an issue says of its way to an office.</summary>
public sealed record RoutedIssue : IDocument
{
    public required string Id { get; init; }
    public string Partition => SubmissionId.Partition(Id);
    public required string Title { get; init; }
    public int Count { get; init; }
    public string? Category { get; init; }
    public string? Finer { get; init; }

    /// <summary>The category as finely as it is sure, see <see cref="Issue.SureCategory"/>.</summary>
    [JsonIgnore]
    public string? SureCategory => Finer ?? Category;
    public DateTimeOffset? RoutedAt { get; init; }
    public string? MergedInto { get; init; }
}

/// <summary>An issue that would have gone to another office.</summary>
/// <param name="Id">The issue.</param>
/// <param name="Title">Its title.</param>
/// <param name="Category">Code of its category, as finely as it is sure.</param>
/// <param name="Before">Code of the office by today's rules.</param>
/// <param name="After">Code of the office by the rules tried.</param>
public sealed record MovedIssue(
    string Id,
    string Title,
    string? Category,
    string Before,
    string After
);

/// <summary>A rule that differs; null where there is none before or after.</summary>
public sealed record ChangedRule(string Category, string? Before, string? After);

/// <summary>How many of the issues an office has by today's rules and by those tried.</summary>
public sealed record OfficeShare(string Office, int Before, int After);

/// <summary>What other rules would have done.</summary>
public sealed record RoutingTrial
{
    /// <summary>The rules that differ from today's.</summary>
    public IReadOnlyList<ChangedRule> Rules { get; init; } = [];

    /// <summary>Issues looked at.</summary>
    public int Issues { get; init; }

    /// <summary>Those among them that a person sent to their office: no rule moves them.</summary>
    public int SentByPerson { get; init; }

    /// <summary>Issues that would have gone elsewhere.</summary>
    public int Moved { get; init; }

    /// <summary>The first of them, at most <see cref="RoutingReview.MostShown"/>.</summary>
    public IReadOnlyList<MovedIssue> First { get; init; } = [];

    /// <summary>Offices that would have more or fewer, the most changed first.</summary>
    public IReadOnlyList<OfficeShare> Offices { get; init; } = [];
}

/// <summary>
/// Tries other rules on the issues that came last, and changes nothing. Issues, because it is they that an office is
/// given, with all who spoke of them.
/// </summary>
public sealed class RoutingReview(MonthPages pages, CountyDirectory county)
{
    /// <summary>Issues that are listed.</summary>
    public const int MostShown = 50;

    /// <summary>Issues looked at where nobody asks for more.</summary>
    public const int Usual = 1_000;

    private const int Most = 5_000;
    private const int AtOnce = 500;

    /// <summary>How many issues may be looked at.</summary>
    public static IReadOnlyList<int> Lasts { get; } = [200, Usual, Most];

    /// <summary>Today's rules but for one category.</summary>
    /// <param name="category">Code of the category.</param>
    /// <param name="office">Code of the office; empty takes the category's rule away.</param>
    public Result<RoutingRules> Change(string? category, string? office)
    {
        if (county.Category(category) is null)
            return new Rejection(
                "category.unknown",
                "category",
                $"没有类别 {category}。",
                $"There is no category {category}."
            );
        if (!string.IsNullOrEmpty(office) && county.Office(office) is null)
            return new Rejection(
                "office.unknown",
                "office",
                $"没有承办单位 {office}。",
                $"There is no office {office}."
            );
        return county.Routing.With(category!, string.IsNullOrEmpty(office) ? null : office);
    }

    /// <summary>What they would have done with the last issues, those of the newest months first.</summary>
    public async Task<RoutingTrial> TryAsync(
        RoutingRules tried,
        int last,
        CancellationToken cancellation
    )
    {
        var issues = await LastAsync(Math.Clamp(last, 1, Most), cancellation);
        var free = issues.Where(i => i.RoutedAt is null).ToList();
        var moved = free.Select(i => new MovedIssue(
                i.Id,
                i.Title,
                i.SureCategory,
                county.OfficeFor(i.SureCategory),
                tried.OfficeFor(i.SureCategory)
            ))
            .ToList();
        var before = moved.CountBy(i => i.Before).ToDictionary();
        var after = moved.CountBy(i => i.After).ToDictionary();
        moved.RemoveAll(i => i.Before == i.After);
        return new()
        {
            Rules = Changed(county.Routing, tried),
            Issues = issues.Count,
            SentByPerson = issues.Count - free.Count,
            Moved = moved.Count,
            First = [.. moved.Take(MostShown)],
            Offices =
            [
                .. before
                    .Keys.Union(after.Keys)
                    .Select(o => new OfficeShare(
                        o,
                        before.GetValueOrDefault(o),
                        after.GetValueOrDefault(o)
                    ))
                    .Where(o => o.Before != o.After)
                    .OrderByDescending(o => Math.Abs(o.After - o.Before))
                    .ThenBy(o => o.Office, StringComparer.Ordinal),
            ],
        };
    }

    private async Task<List<RoutedIssue>> LastAsync(int last, CancellationToken cancellation)
    {
        var issues = new List<RoutedIssue>();
        string? after = null;
        do
        {
            var (page, next) = await pages.PageAsync(
                month => new Query<RoutedIssue>(
                    Containers.Issues.As<RoutedIssue>(),
                    "recent",
                    month
                ),
                after,
                AtOnce,
                i => i.MergedInto is null && i.Count > 0,
                cancellation
            );
            issues.AddRange(page);
            after = next;
        } while (after is not null && issues.Count < last);
        return issues[..Math.Min(last, issues.Count)];
    }

    private static List<ChangedRule> Changed(RoutingRules before, RoutingRules after) =>
        [
            .. before
                .Rules.Concat(after.Rules)
                .Select(r => r.Category)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(c => new ChangedRule(c, before.Of(c), after.Of(c)))
                .Where(r => r.Before != r.After),
        ];
}
