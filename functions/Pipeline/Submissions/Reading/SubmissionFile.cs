using System.Runtime.CompilerServices;

namespace OpinionPipeline.Pipeline.Submissions.Reading;

/// <summary>
/// A file of submissions: CSV, XLSX or NDJSON, told apart by content. Rows are read one by one, whatever the file's size.
/// </summary>
/// <param name="content">The file.</param>
/// <param name="limits">Bounds.</param>
/// <param name="today">Completes dates without a year.</param>
public sealed class SubmissionFile(Stream content, ReadingLimits limits, DateOnly today)
{
    private readonly List<Rejection> notices = [];

    /// <summary>What whoever sent the file should know and that costs no row: ignored columns, guessed dates.</summary>
    public IReadOnlyList<Rejection> Notices => notices;

    /// <summary>
    /// The rows in order. A fault that ends the reading comes as a last row with a rejection; the rows before stand.
    /// </summary>
    public async IAsyncEnumerable<Row> RowsAsync(
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var number = 0;
        using var rows = Records(cancellation).GetEnumerator();
        while (true)
        {
            Row? row = null;
            try
            {
                if (!rows.MoveNext())
                    yield break;
                row = rows.Current;
                number = row.Number;
            }
            catch (UnreadableFileException e)
            {
                row = new Row(number + 1, null, [e.Rejection]);
            }
            yield return row;
            if (
                row.Submission is null
                && row.Rejections.Any(r => r.Code.StartsWith("file.", StringComparison.Ordinal))
            )
                yield break;
            if (number % 1000 == 0)
                await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    // Lazy, so that a file that cannot be opened fails where a row that cannot be read does.
    private IEnumerable<Row> Records(CancellationToken cancellation)
    {
        foreach (var row in Open(cancellation))
            yield return row;
    }

    private IEnumerable<Row> Open(CancellationToken cancellation)
    {
        var start = new PeekStream(content);
        if (start.Head.Length == 0)
            throw new UnreadableFileException("file.empty", "文件是空的。", "The file is empty.");
        if (start.Head is [(byte)'P', (byte)'K', 3, 4, ..])
            return Table(XlsxReader.Rows(start, limits, cancellation));
        if (start.Head is [0xD0, 0xCF, 0x11, 0xE0, ..])
            throw new UnreadableFileException(
                "file.oldExcel",
                "这是旧版 Excel（.xls）文件，请另存为 .xlsx 或 CSV。",
                "This is an old Excel file (.xls); save it as .xlsx or CSV."
            );
        var text = TextEncoding.Open(start);
        return (char)text.Peek() is '{'
            ? NdjsonReader.Rows(text, new LedgerTime(today), limits)
            : Table(CsvReader.Records(text, limits));
    }

    private IEnumerable<Row> Table(IEnumerable<(int Number, IReadOnlyList<string> Fields)> records)
    {
        Columns? columns = null;
        var time = new LedgerTime(today);
        var (tried, rows) = (0, 0);
        foreach (var (number, fields) in records)
        {
            if (fields.All(string.IsNullOrWhiteSpace))
                continue;
            if (columns is null)
            {
                // A ledger has its title, sometimes a date, above the header.
                columns = Columns.TryRead(fields, time, notices);
                if (columns is not null)
                    continue;
                time.Above(fields);
                if (++tried == 10)
                    break;
                continue;
            }
            if (rows++ == 0 && columns.TryExtend(fields))
                continue;
            yield return columns.Read(number, fields);
        }
        if (columns is null)
            throw new UnreadableFileException(
                "file.noHeader",
                "前十行里没有找到表头：需要“内容/正文/body”或“标题/title”等列名。",
                "No header in the first ten rows: a column such as body, text, title or 留言详情 is needed."
            );
    }
}
