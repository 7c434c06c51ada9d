using System.Globalization;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Reports;

/// <summary>The numbers of a year's reports: a report's number is its place among those that were given one.</summary>
public sealed record NumberRegister : IDocument
{
    /// <summary>The one of its year.</summary>
    public const string Reports = "reports";

    public string Id => Reports;

    /// <summary>The year.</summary>
    public required string Partition { get; init; }

    /// <summary>Reports in the order they got their numbers; the first has number 1.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];
}

/// <summary>
/// Gives reports their numbers, 1 2 3 within a year, each once. A report whose submission was cut short finds the number
/// it had been given, so that none is left out either.
/// </summary>
internal sealed class ReportNumbers(IDocumentStore store)
{
    /// <summary>发文字号 of the report, such as 安政协信息〔2026〕12号.</summary>
    public async Task<string> GiveAsync(
        string report,
        DateTimeOffset at,
        Letterhead? letterhead,
        CancellationToken cancellation
    )
    {
        var year = LocalTime.DayOf(at).Year.ToString(CultureInfo.InvariantCulture);
        while (true)
        {
            var register = await store.UpdateAsync(
                Containers.Numbers,
                year,
                NumberRegister.Reports,
                r => r.Given.Contains(report) ? r : r with { Given = [.. r.Given, report] },
                cancellation
            );
            if (register is not null)
                return Text(
                    letterhead,
                    year,
                    $"{register.Given.Index().First(g => g.Item == report).Index + 1}"
                );
            await store.WriteAsync(
                Containers.Numbers.Create(new NumberRegister { Partition = year }),
                cancellation
            );
        }
    }

    /// <summary>The number as it stands on paper; with room for what is not known yet.</summary>
    public static string Text(Letterhead? letterhead, string year, string number) =>
        $"{letterhead?.Number}〔{year}〕{number}号";
}
