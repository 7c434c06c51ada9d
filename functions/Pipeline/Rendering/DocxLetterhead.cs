using System.Globalization;
using DocumentFormat.OpenXml;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace OpinionPipeline.Pipeline.Rendering;

/// <summary>
/// 版头, 落款 and 版记 of GB/T 9704-2012, 7.2 to 7.4. Lengths in twentieths of a point, sizes in half points.
/// </summary>
internal static class DocxLetterhead
{
    private const string Red = "FF0000";

    /// <summary>发文机关标志: its upper edge 35 mm under that of the text; at most 初号, and on one line.</summary>
    private const int MarkTop = 1984;
    private const int MostMark = 84;

    /// <summary>One character of the text, and of 版记.</summary>
    private const int Character = DocxWriter.Size3 * 10;
    private const int Small = DocxWriter.Size4 * 10;

    /// <summary>The red mark, two lines on the number and who signed, the red line, and two lines that lead to the title.</summary>
    public static IEnumerable<OpenXmlElement> Of(Masthead head) =>
        [Mark(head.Mark), Empty(), Empty(), Number(head), Empty(), Empty()];

    /// <summary>成文日期 four characters from the right, above it the issuer, its middle above the day's.</summary>
    public static IEnumerable<OpenXmlElement> Of(Signature signature)
    {
        const int fromRight = 4;
        var day = signature.Day ?? "";
        var issuer = fromRight + (DocxTable.Length(day) - DocxTable.Length(signature.Issuer)) / 2;
        var line = Empty();
        line.ParagraphProperties!.KeepNext = new();
        yield return line;
        yield return Right(signature.Issuer, Math.Max(0, issuer));
        if (day.Length > 0)
            yield return Right(day, fromRight);
    }

    /// <summary>A table at the foot of the last page, whatever stands above it: rules of 0.35 mm around, of 0.25 mm within.</summary>
    public static IEnumerable<OpenXmlElement> Of(Imprint imprint)
    {
        var table = new Word.Table(
            new Word.TableProperties(
                new Word.TablePositionProperties
                {
                    // From the sheet's edge: as wide as the text, LibreOffice would else leave it where it stands.
                    HorizontalAnchor = Word.HorizontalAnchorValues.Page,
                    TablePositionX = DocxSheet.Left,
                    VerticalAnchor = Word.VerticalAnchorValues.Margin,
                    TablePositionYAlignment = Word.VerticalAlignmentValues.Bottom,
                },
                new Word.TableWidth
                {
                    Width = Twips(DocxSheet.TextWidth),
                    Type = Word.TableWidthUnitValues.Dxa,
                },
                new Word.TableBorders(
                    new Word.TopBorder { Val = Word.BorderValues.Single, Size = 8 },
                    new Word.BottomBorder { Val = Word.BorderValues.Single, Size = 8 },
                    new Word.InsideHorizontalBorder { Val = Word.BorderValues.Single, Size = 6 }
                ),
                new Word.TableLayout { Type = Word.TableLayoutValues.Fixed },
                new Word.TableCellMarginDefault(
                    new Word.TableCellLeftMargin { Width = 0, Type = Word.TableWidthValues.Dxa },
                    new Word.TableCellRightMargin { Width = 0, Type = Word.TableWidthValues.Dxa }
                )
            ),
            new Word.TableGrid(new Word.GridColumn { Width = Twips(DocxSheet.TextWidth) })
        );
        foreach (var (label, names) in imprint.Lines)
        {
            // 回行时与冒号后的首字对齐.
            var hanging = Twips((label.Length + 1) * Small);
            table.Append(
                Row(
                    new Word.Indentation
                    {
                        Left = Twips((label.Length + 2) * Small),
                        Hanging = hanging,
                        Right = Twips(Small),
                    },
                    $"{label}：{names}。"
                )
            );
        }
        table.Append(
            Row(
                new Word.Indentation { Left = Twips(Small), Right = Twips(Small) },
                $"{imprint.Issuer}\t{imprint.Printed}"
            )
        );
        yield return table;
        // Every table is followed by a paragraph; this one takes no room of the page's lines.
        yield return new Word.Paragraph(
            new Word.ParagraphProperties
            {
                SnapToGrid = new() { Val = false },
                SpacingBetweenLines = Exactly(20),
            }
        );
    }

    private static Word.Paragraph Mark(string text)
    {
        var size = Math.Min(MostMark, DocxSheet.TextWidth / 10 / Math.Max(1, text.Length));
        return new(
            new Word.ParagraphProperties
            {
                SnapToGrid = new() { Val = false },
                SpacingBetweenLines = new()
                {
                    Before = Twips(MarkTop),
                    // The characters and little above them: the 35 mm are to their edge.
                    Line = Twips(size * 11),
                    LineRule = Word.LineSpacingRuleValues.Exact,
                },
                Justification = new() { Val = Word.JustificationValues.Center },
            },
            Coloured(DocxWriter.Run(text, DocxWriter.Song, size))
        );
    }

    // 发文字号 a character from the left, 签发人 as far from the right; the red line 4 mm under them, as wide as the text. The
    // line follows what a paragraph is indented by, but not its first line.
    private static Word.Paragraph Number(Masthead head)
    {
        var paragraph = new Word.Paragraph(
            new Word.ParagraphProperties
            {
                SpacingBetweenLines = DocxSheet.Line(),
                Indentation = new() { FirstLine = Twips(Character) },
                Tabs = new(
                    new Word.TabStop
                    {
                        Val = Word.TabStopValues.Right,
                        Position = DocxSheet.TextWidth - Character,
                    }
                ),
                ParagraphBorders = new()
                {
                    BottomBorder = new()
                    {
                        Val = Word.BorderValues.Single,
                        Color = Red,
                        Size = 12,
                        // Points; the line's own room under the characters is the rest of the 4 mm.
                        Space = 5,
                    },
                },
            },
            DocxWriter.Run(head.Number, DocxWriter.FangSong, DocxWriter.Size3)
        );
        if (head.Signer is { Length: > 0 } signer)
            paragraph.Append(
                new Word.Run(new Word.TabChar()),
                DocxWriter.Run("签发人：", DocxWriter.FangSong, DocxWriter.Size3),
                DocxWriter.Run(signer, DocxWriter.Kai, DocxWriter.Size3)
            );
        return paragraph;
    }

    private static Word.Paragraph Right(string text, double characters) =>
        new(
            new Word.ParagraphProperties
            {
                KeepNext = new(),
                SpacingBetweenLines = DocxSheet.Line(),
                Indentation = new() { Right = Twips((int)(characters * Character)) },
                Justification = new() { Val = Word.JustificationValues.Right },
            },
            DocxWriter.Run(text, DocxWriter.FangSong, DocxWriter.Size3)
        );

    private static Word.TableRow Row(Word.Indentation indentation, string text)
    {
        var paragraph = new Word.Paragraph(
            new Word.ParagraphProperties
            {
                SnapToGrid = new() { Val = false },
                SpacingBetweenLines = Exactly(DocxWriter.Size4 * 15),
                Indentation = indentation,
                Tabs = new(
                    new Word.TabStop
                    {
                        Val = Word.TabStopValues.Right,
                        Position = DocxSheet.TextWidth - Small,
                    }
                ),
            }
        );
        foreach (var (i, part) in text.Split('\t').Index())
        {
            if (i > 0)
                paragraph.Append(new Word.Run(new Word.TabChar()));
            paragraph.Append(DocxWriter.Run(part, DocxWriter.FangSong, DocxWriter.Size4));
        }
        return new(
            new Word.TableCell(
                new Word.TableCellProperties(
                    new Word.TableCellWidth
                    {
                        Width = Twips(DocxSheet.TextWidth),
                        Type = Word.TableWidthUnitValues.Dxa,
                    }
                ),
                paragraph
            )
        );
    }

    private static Word.Paragraph Empty() =>
        new(new Word.ParagraphProperties { SpacingBetweenLines = DocxSheet.Line() });

    private static Word.SpacingBetweenLines Exactly(int line) =>
        new() { Line = Twips(line), LineRule = Word.LineSpacingRuleValues.Exact };

    private static Word.Run Coloured(Word.Run run)
    {
        run.RunProperties!.Color = new() { Val = Red };
        return run;
    }

    private static string Twips(int value) => value.ToString(CultureInfo.InvariantCulture);
}
