using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using OpinionPipeline.Pipeline.Rendering;
using Page = OpinionPipeline.Pipeline.Rendering.Page;
using Table = OpinionPipeline.Pipeline.Rendering.Table;

namespace OpinionPipeline.Pipeline.Tests.Rendering;

/// <summary>A Word file measured by the figures of GB/T 9704-2012.</summary>
public sealed class OfficialLayoutTests : IDisposable
{
    // Twentieths of a point in a millimetre.
    private const double Millimetre = 1440 / 25.4;
    private readonly WordprocessingDocument word;

    public OfficialLayoutTests()
    {
        var file = new MemoryStream();
        DocxWriter.Write(
            new Page(
                "关于路灯的社情民意专报",
                HeadingNumbers.Of([
                    new Heading(1, "反映情况"),
                    new Heading(2, "城乡建设"),
                    new Heading(3, "路灯"),
                    new OpinionPipeline.Pipeline.Rendering.Paragraph("路灯坏了。", "[1]"),
                    new Heading(2, "交通运输"),
                    new Heading(1, "建议"),
                    new Heading(2, "修理"),
                    new Table(
                        ["序号", "反映情况", "首次反映"],
                        [
                            ["1", new string('长', 150), "2026-11-25"],
                        ]
                    ),
                ])
            ),
            file
        );
        file.Position = 0;
        word = WordprocessingDocument.Open(file, isEditable: false);
    }

    private Body Body => word.MainDocumentPart!.Document!.Body!;
    private SectionProperties Section => Body.Elements<SectionProperties>().Single();

    private static string? FontOf(OpenXmlElement paragraph) =>
        paragraph.Descendants<RunFonts>().First().EastAsia?.Value;

    private DocumentFormat.OpenXml.Wordprocessing.Paragraph Of(string text) =>
        Body.Elements<DocumentFormat.OpenXml.Wordprocessing.Paragraph>()
            .Single(p => p.InnerText == text);

    [Fact]
    public void The_sheet_is_A4_with_the_standards_margins()
    {
        var size = Section.GetFirstChild<PageSize>()!;
        var margin = Section.GetFirstChild<PageMargin>()!;
        Assert.Equal(210, size.Width!.Value / Millimetre, 0.1);
        Assert.Equal(297, size.Height!.Value / Millimetre, 0.1);
        Assert.Equal(37, margin.Top!.Value / Millimetre, 0.1);
        Assert.Equal(28, margin.Left!.Value / Millimetre, 0.1);
        Assert.Equal(
            156,
            (size.Width.Value - margin.Left.Value - margin.Right!.Value) / Millimetre,
            0.1
        );
        Assert.Equal(
            225,
            (size.Height.Value - margin.Top.Value - margin.Bottom!.Value) / Millimetre,
            0.1
        );
    }

    [Fact]
    public void A_page_takes_22_lines_of_28_characters()
    {
        var grid = Section.GetFirstChild<DocGrid>()!;
        var run = Of("路灯坏了。[1]").Descendants<RunProperties>().First();
        var character =
            int.Parse(run.FontSize!.Val!, CultureInfo.InvariantCulture) / 2
            + run.Spacing!.Val!.Value / 20.0;
        Assert.Equal(28, Math.Floor(156 * Millimetre / 20 / character));
        Assert.Equal(22, Math.Floor(12756.0 / grid.LinePitch!.Value));
        var line = Of("路灯坏了。[1]").ParagraphProperties!.SpacingBetweenLines!;
        Assert.Equal(grid.LinePitch.Value, int.Parse(line.Line!, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Title_headings_and_text_have_the_fonts_of_their_level()
    {
        var title = Of("关于路灯的社情民意专报");
        Assert.Equal("方正小标宋简体", FontOf(title));
        Assert.Equal("44", title.Descendants<FontSize>().Single().Val!.Value);
        Assert.Equal("黑体", FontOf(Of("一、反映情况")));
        Assert.Equal("楷体_GB2312", FontOf(Of("（一）城乡建设")));
        Assert.Equal("仿宋_GB2312", FontOf(Of("1. 路灯")));
        Assert.Equal("仿宋_GB2312", FontOf(Of("路灯坏了。[1]")));
        Assert.Equal("黑体", FontOf(Of("二、建议")));
    }

    [Fact]
    public void The_second_levels_numbers_begin_anew_under_each_first()
    {
        Assert.NotNull(Of("（二）交通运输"));
        Assert.NotNull(Of("（一）修理"));
    }

    [Theory]
    [InlineData("default", "right")]
    [InlineData("even", "left")]
    public void Page_numbers_stand_outside_between_dashes(string pages, string side)
    {
        Assert.NotNull(
            word.MainDocumentPart!.DocumentSettingsPart!.Settings!.GetFirstChild<EvenAndOddHeaders>()
        );
        var reference = Section.Elements<FooterReference>().Single(f => f.Type!.InnerText == pages);
        var footer = ((FooterPart)word.MainDocumentPart.GetPartById(reference.Id!)).Footer!;
        Assert.Equal("— 1 —", footer.InnerText);
        Assert.Equal("PAGE", footer.Descendants<SimpleField>().Single().Instruction!.Value);
        Assert.Equal(side, footer.Descendants<Justification>().Single().Val!.InnerText);
        Assert.All(footer.Descendants<FontSize>(), s => Assert.Equal("28", s.Val!.Value));
        Assert.All(footer.Descendants<RunFonts>(), f => Assert.Equal("宋体", f.Ascii!.Value));
    }

    [Fact]
    public void A_table_is_as_wide_as_the_text_and_gives_the_long_column_the_room()
    {
        var widths = Body.Descendants<GridColumn>()
            .Select(c => int.Parse(c.Width!, CultureInfo.InvariantCulture))
            .ToList();
        Assert.InRange(widths.Sum() / Millimetre, 155.5, 156.1);
        Assert.True(widths[1] > 3 * widths[0]);
        // A day on one line: ten figures of half a character of 12 points.
        Assert.True(widths[2] - 216 >= 5 * 240);
    }

    public void Dispose() => word.Dispose();
}
