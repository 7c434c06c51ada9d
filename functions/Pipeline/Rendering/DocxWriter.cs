using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace OpinionPipeline.Pipeline.Rendering;

/// <summary>A page as a Word file: A4, the usual fonts of official papers by name, numbered pages.</summary>
public static class DocxWriter
{
    private const string Song = "方正小标宋简体";
    private const string Hei = "黑体";
    private const string FangSong = "仿宋_GB2312";

    /// <summary>Writes the file.</summary>
    public static void Write(Page page, Stream output)
    {
        using var document = WordprocessingDocument.Create(
            output,
            WordprocessingDocumentType.Document
        );
        var main = document.AddMainDocumentPart();
        var body = new Word.Body();
        main.Document = new Word.Document(body);
        body.Append(Line(page.Title, Song, 44, Word.JustificationValues.Center, indent: false));
        foreach (var block in page.Blocks)
            switch (block)
            {
                case Heading heading:
                    body.Append(
                        Line(
                            heading.Text,
                            heading.Level == 1 ? Hei : "楷体_GB2312",
                            32,
                            Word.JustificationValues.Left,
                            indent: true
                        )
                    );
                    break;
                case Paragraph paragraph:
                    body.Append(
                        Line(
                            paragraph.Text,
                            FangSong,
                            32,
                            Word.JustificationValues.Both,
                            indent: true,
                            paragraph.Note
                        )
                    );
                    break;
                case Table table:
                    body.Append(Grid(table));
                    body.Append(new Word.Paragraph());
                    break;
            }
        var footer = main.AddNewPart<FooterPart>();
        footer.Footer = new Word.Footer(
            new Word.Paragraph(
                new Word.ParagraphProperties(
                    new Word.Justification { Val = Word.JustificationValues.Center }
                ),
                new Word.SimpleField { Instruction = "PAGE" }
            )
        );
        body.Append(
            new Word.SectionProperties(
                new Word.FooterReference
                {
                    Type = Word.HeaderFooterValues.Default,
                    Id = main.GetIdOfPart(footer),
                },
                // A4 and the margins of GB/T 9704-2012 in twentieths of a point.
                new Word.PageSize { Width = 11906, Height = 16838 },
                new Word.PageMargin
                {
                    Top = 2098,
                    Bottom = 1984,
                    Left = 1588,
                    Right = 1474,
                    Header = 851,
                    Footer = 992,
                    Gutter = 0,
                }
            )
        );
    }

    private static Word.Paragraph Line(
        string text,
        string font,
        int halfPoints,
        Word.JustificationValues justification,
        bool indent,
        string? note = null
    )
    {
        var properties = new Word.ParagraphProperties(
            new Word.SpacingBetweenLines
            {
                Line = "560",
                LineRule = Word.LineSpacingRuleValues.Exact,
            }
        );
        if (indent)
            properties.Append(
                new Word.Indentation
                {
                    FirstLineChars = 200,
                    FirstLine = (halfPoints * 20).ToString(CultureInfo.InvariantCulture),
                }
            );
        properties.Append(new Word.Justification { Val = justification });
        var paragraph = new Word.Paragraph(properties, Run(text, font, halfPoints));
        if (note is not null)
            paragraph.Append(Run(note, font, 20));
        return paragraph;
    }

    private static Word.Run Run(string text, string font, int halfPoints) =>
        new(
            new Word.RunProperties(
                new Word.RunFonts
                {
                    Ascii = "Times New Roman",
                    HighAnsi = "Times New Roman",
                    EastAsia = font,
                },
                new Word.FontSize { Val = halfPoints.ToString(CultureInfo.InvariantCulture) }
            ),
            new Word.Text(Legal(text)) { Space = SpaceProcessingModeValues.Preserve }
        );

    private static Word.Table Grid(Table table)
    {
        var grid = new Word.Table(
            new Word.TableProperties(
                new Word.TableWidth { Width = "5000", Type = Word.TableWidthUnitValues.Pct },
                new Word.TableBorders(
                    new Word.TopBorder { Val = Word.BorderValues.Single, Size = 4 },
                    new Word.LeftBorder { Val = Word.BorderValues.Single, Size = 4 },
                    new Word.BottomBorder { Val = Word.BorderValues.Single, Size = 4 },
                    new Word.RightBorder { Val = Word.BorderValues.Single, Size = 4 },
                    new Word.InsideHorizontalBorder { Val = Word.BorderValues.Single, Size = 4 },
                    new Word.InsideVerticalBorder { Val = Word.BorderValues.Single, Size = 4 }
                )
            ),
            new Word.TableGrid(table.Header.Select(_ => new Word.GridColumn()))
        );
        grid.Append(Row(table.Header, Hei, header: true));
        foreach (var row in table.Rows)
            grid.Append(Row(row, FangSong, header: false));
        return grid;
    }

    private static Word.TableRow Row(IReadOnlyList<string> cells, string font, bool header)
    {
        var row = new Word.TableRow();
        if (header)
            row.Append(new Word.TableRowProperties(new Word.TableHeader()));
        foreach (var cell in cells)
            row.Append(new Word.TableCell(new Word.Paragraph(Run(cell, font, 24))));
        return row;
    }

    // Characters that XML 1.0 cannot hold would make a file that Word refuses.
    private static string Legal(string text) =>
        string.Concat(
            text.Where(
                (c, i) =>
                    XmlConvert.IsXmlChar(c)
                    || char.IsHighSurrogate(c)
                        && i + 1 < text.Length
                        && char.IsLowSurrogate(text[i + 1])
                    || char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1])
            )
        );
}
