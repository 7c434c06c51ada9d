using System.Globalization;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>How often people agreed with the model in a week, in all or for one category of theirs.</summary>
/// <param name="Week">ISO week by the county's clock: <c>2026-W48</c>.</param>
/// <param name="Category">First-level code of what people said; null for all.</param>
/// <param name="Labels">Labels given where the model had spoken.</param>
/// <param name="Agreement">Share of them in which the model had said the same, 0 to 1.</param>
/// <param name="Expected">The model's mean confidence: what the agreement should be near to.</param>
public sealed record WeeklyAgreement(
    string Week,
    string? Category,
    int Labels,
    double Agreement,
    double Expected
);

/// <summary>Watches whether the model still says what people say.</summary>
public sealed class Drift(IDocumentStore store, CategoryMap changes, TimeProvider time)
{
    /// <summary>Weeks shown where nobody asks for more.</summary>
    public const int UsualWeeks = 12;

    /// <summary>Weeks looked back at, at most.</summary>
    public const int MostWeeks = 104;

    /// <summary>Why so many weeks cannot be asked for; null where they can.</summary>
    public static Rejection? Check(int weeks) =>
        weeks is >= 1 and <= MostWeeks
            ? null
            : new(
                "weeks.range",
                "weeks",
                $"weeks 应在 1 到 {MostWeeks} 之间。",
                $"weeks must lie between 1 and {MostWeeks}."
            );

    /// <summary>The last weeks, the newest first; each in all and then by category.</summary>
    public async Task<IReadOnlyList<WeeklyAgreement>> ByWeekAsync(
        int weeks,
        CancellationToken cancellation
    )
    {
        var labels = await store
            .AllAsync(
                new Query<Label>(Containers.Labels, "recent", Label.All)
                {
                    From = time.GetUtcNow().AddDays(-7 * weeks),
                    Limit = 500,
                    MayLag = true,
                },
                cancellation
            )
            .ToListAsync(cancellation);
        return
        [
            .. labels
                .Where(l => l.ModelCategory is not null)
                .Select(l =>
                    (
                        Label: l,
                        Week: WeekOf(l.At),
                        Person: First(l.Category, l.At),
                        Model: First(l.ModelCategory!, l.At)
                    )
                )
                .GroupBy(l => l.Week)
                .OrderByDescending(w => w.Key, StringComparer.Ordinal)
                .SelectMany(week =>
                    week.GroupBy(l => l.Person)
                        .Where(g => g.Key is not null)
                        .OrderBy(g => g.Key, StringComparer.Ordinal)
                        .Select(g => Of(week.Key, g.Key, [.. g]))
                        .Prepend(Of(week.Key, null, [.. week]))
                ),
        ];
    }

    private static WeeklyAgreement Of(
        string week,
        string? category,
        List<(Label Label, string, string? Person, string? Model)> labels
    ) =>
        new(
            week,
            category,
            labels.Count,
            Math.Round(labels.Average(l => l.Person == l.Model ? 1.0 : 0), 4),
            Math.Round(labels.Average(l => l.Label.ModelConfidence), 4)
        );

    private string? First(string code, DateTimeOffset at) => changes.Today(code, at)?[..2];

    private static string WeekOf(DateTimeOffset at)
    {
        var day = at.ToOffset(LocalTime.Offset).DateTime;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ISOWeek.GetYear(day)}-W{ISOWeek.GetWeekOfYear(day):00}"
        );
    }
}
