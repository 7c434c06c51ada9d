using System.Globalization;
using System.Text;
using CsvHelper;
using OpinionPipeline.Pipeline.Rendering;

namespace OpinionPipeline.Pipeline.Tests.Rendering;

public sealed class CsvPageWriterTests
{
    [Fact]
    public void Another_reader_finds_every_cell_again_and_no_formula()
    {
        var file = CsvPageWriter.Write(
            new(
                "通报",
                [
                    new Heading(1, "一、来件"),
                    new Table(
                        ["名称", "件数", "积分"],
                        [
                            ["=HYPERLINK(\"x\")", "1", "0.5"],
                            ["说“不”,\n\"行\"", "2", ""],
                        ]
                    ),
                ]
            )
        );
        using var csv = new CsvReader(
            new StreamReader(new MemoryStream(file), Encoding.UTF8),
            CultureInfo.InvariantCulture
        );
        var rows = new List<string[]>();
        while (csv.Read())
            rows.Add(csv.Parser.Record!);
        string[][] wanted =
        [
            ["通报", "", ""],
            ["", "", ""],
            ["一、来件", "", ""],
            ["名称", "件数", "积分"],
            ["'=HYPERLINK(\"x\")", "1", "0.5"],
            ["说“不”,\n\"行\"", "2", ""],
        ];
        Assert.Equal(wanted, rows);
    }
}
