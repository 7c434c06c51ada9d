using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace OpinionPipeline.Pipeline.Rendering;

/// <summary>
/// The sheet of GB/T 9704-2012: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm of 22 lines of 28 characters, page numbers
/// 4号半角宋体 between dashes 7 mm under it, outside. Lengths in twentieths of a point.
/// </summary>
internal static class DocxSheet
{
    private const int Width = 11906;
    private const int Height = 16838;
    private const int Top = 2098;
    private const int Bottom = 1984;
    public const int Left = 1588;
    private const int Right = 1474;

    /// <summary>What the margins leave: 156 mm.</summary>
    public const int TextWidth = Width - Left - Right;

    /// <summary>225 mm by 22, rounded down: else 21 lines would fit.</summary>
    private const int LinePitch = (Height - Top - Bottom) / 22;

    /// <summary>
    /// Twenty-eight characters of 16 points are 158 mm: each moves up to the one before it by a quarter of a point. Written
    /// at the text and not as a grid of characters, which LibreOffice lays out wider than Word.
    /// </summary>
    public const int Tighter = -5;

    // A line of 18 points whose middle, where the dash is, lies 7 mm (397) under the text.
    private const int FooterLine = 360;
    private const int Footer = Bottom - 397 - FooterLine / 2;

    /// <summary>The distance of the grid's lines, whatever stands in them.</summary>
    public static Word.SpacingBetweenLines Line() =>
        new() { Line = Twips(LinePitch), LineRule = Word.LineSpacingRuleValues.Exact };

    /// <summary>Adds styles, fonts, settings and footers; what it gives ends the body.</summary>
    public static Word.SectionProperties Of(MainDocumentPart main)
    {
        main.AddNewPart<StyleDefinitionsPart>().Styles = Styles();
        main.AddNewPart<FontTablePart>().Fonts = Fonts();
        main.AddNewPart<DocumentSettingsPart>().Settings = new(new Word.EvenAndOddHeaders());
        return new(
            FooterOf(main, Word.HeaderFooterValues.Default, Word.JustificationValues.Right),
            FooterOf(main, Word.HeaderFooterValues.Even, Word.JustificationValues.Left),
            new Word.PageSize { Width = Width, Height = Height },
            new Word.PageMargin
            {
                Top = Top,
                Bottom = Bottom,
                Left = Left,
                Right = Right,
                Header = 851,
                Footer = Footer,
                Gutter = 0,
            },
            new Word.DocGrid { Type = Word.DocGridValues.Lines, LinePitch = LinePitch }
        );
    }

    // Chinese and figures stand together without a gap, and no line is pushed to the next page to keep another company: both
    // would break the count of characters and lines.
    private static Word.Styles Styles() =>
        new(
            new Word.DocDefaults(
                new Word.RunPropertiesDefault(
                    new Word.RunPropertiesBaseStyle(
                        new Word.RunFonts
                        {
                            Ascii = "Times New Roman",
                            HighAnsi = "Times New Roman",
                            EastAsia = DocxWriter.FangSong,
                        },
                        new Word.FontSize { Val = Twips(DocxWriter.Size3) },
                        new Word.Languages { Val = "en-US", EastAsia = "zh-CN" }
                    )
                ),
                new Word.ParagraphPropertiesDefault(
                    new Word.ParagraphPropertiesBaseStyle
                    {
                        WidowControl = new() { Val = false },
                        AutoSpaceDE = new() { Val = false },
                        AutoSpaceDN = new() { Val = false },
                    }
                )
            ),
            new Word.Style(new Word.StyleName { Val = "Normal" })
            {
                Type = Word.StyleValues.Paragraph,
                StyleId = "Normal",
                Default = true,
            }
        );

    // What a computer without the fonts of official papers has in their place.
    private static Word.Fonts Fonts() =>
        new(
            Font(DocxWriter.Song, "宋体"),
            Font(DocxWriter.FangSong, "仿宋"),
            Font(DocxWriter.Kai, "楷体"),
            Font(DocxWriter.Hei, "SimHei")
        );

    private static Word.Font Font(string name, string instead) =>
        new(new Word.AltName { Val = instead }) { Name = name };

    private static Word.FooterReference FooterOf(
        MainDocumentPart main,
        Word.HeaderFooterValues pages,
        Word.JustificationValues side
    )
    {
        // 单页码居右空一字，双页码居左空一字.
        var one = Twips(DocxWriter.Size4 * 10);
        var part = main.AddNewPart<FooterPart>();
        part.Footer = new(
            new Word.Paragraph(
                new Word.ParagraphProperties
                {
                    SnapToGrid = new() { Val = false },
                    SpacingBetweenLines = new()
                    {
                        Line = Twips(FooterLine),
                        LineRule = Word.LineSpacingRuleValues.Exact,
                    },
                    Indentation =
                        side == Word.JustificationValues.Right
                            ? new() { Right = one }
                            : new() { Left = one },
                    Justification = new() { Val = side },
                },
                Number(new Word.Text("— ") { Space = SpaceProcessingModeValues.Preserve }),
                new Word.SimpleField(Number(new Word.Text("1"))) { Instruction = "PAGE" },
                Number(new Word.Text(" —") { Space = SpaceProcessingModeValues.Preserve })
            )
        );
        return new() { Type = pages, Id = main.GetIdOfPart(part) };
    }

    private static Word.Run Number(Word.Text text) =>
        new(
            new Word.RunProperties(
                new Word.RunFonts
                {
                    Ascii = "宋体",
                    HighAnsi = "宋体",
                    EastAsia = "宋体",
                },
                new Word.SnapToGrid { Val = false },
                new Word.FontSize { Val = Twips(DocxWriter.Size4) }
            ),
            text
        );

    private static string Twips(int value) => value.ToString(CultureInfo.InvariantCulture);
}
