using System.Text;

namespace OpinionPipeline.Pipeline.Rendering;

/// <summary>
/// A page as one CSV file (RFC 4180) for a spreadsheet: headings, paragraphs and tables one below the other, every line
/// of the same number of cells.
/// </summary>
public static class CsvPageWriter
{
    /// <summary>The file, UTF-8 with the mark by which Excel tells it from the system's own encoding.</summary>
    public static byte[] Write(Page page)
    {
        List<IReadOnlyList<string>> lines =
        [
            [page.Title],
        ];
        foreach (var block in page.Blocks)
            lines.AddRange(
                block switch
                {
                    Heading heading =>
                    [
                        [],
                        [heading.Text],
                    ],
                    Paragraph paragraph =>
                    [
                        [paragraph.Text],
                    ],
                    Table table => [table.Header, .. table.Rows],
                    _ => [],
                }
            );
        var width = lines.Max(l => l.Count);
        var text = new StringBuilder();
        foreach (var line in lines)
            text.AppendJoin(
                    ',',
                    line.Concat(Enumerable.Repeat("", width - line.Count)).Select(Cell)
                )
                .Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    // What people wrote is no formula: a spreadsheet would carry out what begins so.
    private static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n")
            ? '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'
            : text;
    }
}
