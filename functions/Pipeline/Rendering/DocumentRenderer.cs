using System.Globalization;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Reports;

namespace OpinionPipeline.Pipeline.Rendering;

/// <summary>Lays digests and reports out as pages, in Chinese: they go to offices and the committee.</summary>
public sealed class DocumentRenderer(CountyDirectory county)
{
    /// <summary>A digest: a section a state, a heading a category, a row an issue.</summary>
    public Page Of(Digest digest)
    {
        var blocks = new List<Block>
        {
            new Paragraph(
                $"{LocalTime.Day(digest.From)}至{LocalTime.Day(digest.To.AddSeconds(-1))}，共{digest.Items.Count}项。"
                    + (digest.Left > 0 ? $"另有{digest.Left}项未列出。" : "")
            ),
        };
        foreach (var section in digest.Items.GroupBy(i => i.Section))
        {
            blocks.Add(new Heading(1, $"{Name(section.Key)}（{section.Count()}项）"));
            foreach (var category in section.GroupBy(i => i.Category))
            {
                blocks.Add(new Heading(2, county.Category(category.Key)?.Name ?? "未分类"));
                blocks.Add(
                    new Table(
                        ["序号", "议题", "反映情况", "件数", "联络站", "首次反映", "答复"],
                        [.. category.Select(Row)]
                    )
                );
            }
        }
        return new(
            $"社情民意分类摘编（{county.Office(digest.Office)?.Name ?? digest.Office}）",
            HeadingNumbers.Of(blocks)
        );
    }

    /// <summary>
    /// A report under the county's letterhead: its sections, each sentence with the submission it stands in. Number and day
    /// are left free on a draft.
    /// </summary>
    public Page Of(Report report)
    {
        var number = report
            .Sources.Select((id, i) => (id, i))
            .ToDictionary(s => s.id, s => s.i + 1);
        var blocks = new List<Block>();
        foreach (var section in report.Sections)
        {
            blocks.Add(new Heading(1, section.Heading));
            var listed = section.Key == "sources";
            foreach (var sentence in section.Sentences)
                blocks.Add(
                    sentence.SubmissionId is not { } id || !number.TryGetValue(id, out var n)
                        ? new Paragraph(sentence.Text)
                    : listed ? new Paragraph($"[{n}] {sentence.Text}")
                    : new Paragraph(sentence.Text, $"[{n}]")
                );
        }
        var head = county.Letterhead;
        var day = report.SubmittedAt is { } sent ? LocalTime.Day(sent) : null;
        if (head is not null)
            blocks.Add(new Signature(head.Issuer, day));
        foreach (var instruction in report.Instructions)
            blocks.Add(
                new Paragraph($"批示（{LocalTime.Day(instruction.At)}）：{instruction.Text}")
            );
        return new(report.Title, HeadingNumbers.Of(blocks))
        {
            Masthead = head is null
                ? null
                : new(head.Mark, report.Number ?? Unnumbered(head), report.Signer),
            Imprint = head is null
                ? null
                : new(Distribution(head, report), head.Issuer, (day ?? "　　年　月　日") + "印发"),
        };
    }

    private static string Unnumbered(Letterhead head) => ReportNumbers.Text(head, "　　", "　　");

    private (string, string)[] Distribution(Letterhead head, Report report)
    {
        // The office that answers is sent what the committee is told of its matter.
        string?[] copies = [head.Copies, county.Office(report.Office)?.Name];
        (string Label, string Names)[] lines =
        [
            ("报", head.To),
            ("送", string.Join('，', copies.Where(c => !string.IsNullOrWhiteSpace(c)))),
        ];
        return [.. lines.Where(l => l.Names.Length > 0)];
    }

    /// <summary>The heading of a digest's section.</summary>
    public static string Name(DigestSection section) =>
        section switch
        {
            DigestSection.New => "新增",
            DigestSection.Continuing => "持续",
            _ => "逾期未答复",
        };

    private IReadOnlyList<string> Row(DigestItem item) =>
        [
            item.Number.ToString(CultureInfo.InvariantCulture),
            item.Title + (item.Recurring ? "【共性问题】" : ""),
            string.Concat(item.Summary.Select(q => q.Text)),
            item.Count == 1
                ? "1件"
                : $"等{item.Count}件"
                    + (item.InPeriod < item.Count ? $"（本期{item.InPeriod}件）" : ""),
            (county.Station(item.Stations[0])?.Name ?? item.Stations[0]).Replace(
                "社情民意",
                "",
                StringComparison.Ordinal
            ) + (item.Stations.Count > 1 ? $"等{item.Stations.Count}个" : ""),
            LocalTime.Day(item.FirstSeen),
            item.Reply?.Text ?? "",
        ];
}
