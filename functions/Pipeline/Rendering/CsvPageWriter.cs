using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace OpinionPipeline.Pipeline.Rendering;

/// <summary>
/// A page as one CSV file (RFC 4180) for a spreadsheet: headings, paragraphs and tables one below the other, every line
/// of the same number of cells.
/// </summary>
public static class CsvPageWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
    };

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
        var file = new MemoryStream();
        using (var writer = new StreamWriter(file, Utf8))
        using (var csv = new CsvWriter(writer, Format))
            foreach (var line in lines)
            {
                foreach (var cell in line.Concat(Enumerable.Repeat("", width - line.Count)))
                    csv.WriteField(Plain(cell));
                csv.NextRecord();
            }
        return file.ToArray();
    }

    // What people wrote is no formula: a spreadsheet would carry out what begins so.
    private static string Plain(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
}
