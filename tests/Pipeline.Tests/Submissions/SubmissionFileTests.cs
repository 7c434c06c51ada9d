using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FsCheck;
using FsCheck.Fluent;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Pipeline.Submissions.Reading;
using Row = OpinionPipeline.Pipeline.Submissions.Reading.Row;
using SheetText = DocumentFormat.OpenXml.Spreadsheet.Text;

namespace OpinionPipeline.Pipeline.Tests.Submissions;

public sealed class SubmissionFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<List<Row>> ReadAsync(Stream content, ReadingLimits? limits = null)
    {
        var rows = new List<Row>();
        await foreach (
            var row in new SubmissionFile(
                content,
                limits ?? new ReadingLimits(),
                new DateOnly(2026, 3, 10)
            ).RowsAsync(Token)
        )
            rows.Add(row);
        return rows;
    }

    private static Task<List<Row>> ReadAsync(string text) =>
        ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static Gen<string> Field { get; } =
        Gen.Elements("路", "桥", "a", "1", ",", "\"", "\n", " ", "，", "😀", "’")
            .ArrayOf()
            .Select(string.Concat)
            .Where(s => s.Trim().Length > 0 && s == s.Trim());

    [Fact]
    public void Whatever_a_field_holds_a_CSV_and_a_JSON_file_give_it_back() =>
        Prop.ForAll(
                Field.Two().ArrayOf().Where(a => a.Length > 0).ToArbitrary(),
                fields =>
                {
                    var csv =
                        "title,body\n"
                        + string.Concat(
                            fields.Select(f => $"{Quoted(f.Item1)},{Quoted(f.Item2)}\n")
                        );
                    var json = string.Concat(
                        fields.Select(f =>
                            JsonSerializer.Serialize(new { title = f.Item1, body = f.Item2 }) + "\n"
                        )
                    );
                    return Same(csv) && Same(json);

                    bool Same(string text) =>
                        ReadAsync(text)
                            .Result.Select(r => (r.Submission?.Title, r.Submission?.Body))
                            .SequenceEqual(
                                fields.Select(f => ((string?)f.Item1, (string?)f.Item2))
                            );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_bytes_come_the_reader_ends_and_never_throws() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes =>
                    ReadAsync(new MemoryStream(bytes))
                        .Result.All(r => r.Submission is not null || r.Rejections.Count > 0)
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_workbook_reads_like_a_table_dates_included()
    {
        var file = new MemoryStream();
        using (var book = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var part = book.AddWorkbookPart();
            var sheet = part.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(
                new SheetData(
                    Row(Text("留言主题"), Text("留言详情"), Text("留言时间")),
                    Row(Text("路灯"), Text("路灯坏了半个月"), Number("46000.5")),
                    Row(Text("井盖"), Text("井盖丢了"), Text("2026/1/2 8:05:00"))
                )
            );
            part.Workbook = new Workbook(
                new Sheets(
                    new Sheet
                    {
                        Id = part.GetIdOfPart(sheet),
                        SheetId = 1,
                        Name = "台账",
                    }
                )
            );
        }
        file.Position = 0;
        var rows = await ReadAsync(file);
        Assert.Equal(["路灯", "井盖"], rows.Select(r => r.Submission!.Title));
        Assert.Equal(
            new DateTime(2025, 12, 9, 12, 0, 0),
            rows[0].Submission!.SaidAt!.Value.DateTime
        );

        static DocumentFormat.OpenXml.Spreadsheet.Row Row(params Cell[] cells) => new(cells);

        static Cell Text(string text) =>
            new()
            {
                DataType = CellValues.InlineString,
                InlineString = new InlineString(new SheetText(text)),
            };

        static Cell Number(string value) => new() { CellValue = new CellValue(value) };
    }

    [Fact]
    public async Task A_file_of_100_000_rows_is_streamed()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var count = 0;
        await foreach (
            var row in new SubmissionFile(
                new Endless(100_000),
                new ReadingLimits(),
                new DateOnly(2026, 3, 10)
            ).RowsAsync(Token)
        )
        {
            Assert.NotNull(row.Submission);
            // What is kept while reading, not what was thrown away: far less than the file's 20 MB.
            if (++count == 50_000)
                Assert.InRange(
                    GC.GetTotalMemory(forceFullCollection: true) - before,
                    -1 << 30,
                    8 << 20
                );
        }
        Assert.Equal(100_000, count);
    }

    private static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"")}\"";

    /// <summary>A CSV that is made as it is read.</summary>
    private sealed class Endless(int rows) : Stream
    {
        private byte[] line = Encoding.UTF8.GetBytes("title,body\n");
        private int place;
        private int made;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (place == line.Length)
            {
                if (made == rows)
                    return 0;
                line = Encoding.UTF8.GetBytes(
                    $"第{++made}件,{string.Concat(Enumerable.Repeat("路灯坏了没有人修，", 7))}\n"
                );
                place = 0;
            }
            var taken = Math.Min(count, line.Length - place);
            Array.Copy(line, place, buffer, offset, taken);
            place += taken;
            return taken;
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) =>
            throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException();
    }
}
