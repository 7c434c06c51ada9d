using System.Globalization;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace OpinionPipeline.Pipeline.Rendering;

/// <summary>A table of a Word file, as wide as the text, its columns by what stands in them.</summary>
internal static class DocxTable
{
    private const int HalfPoints = 24;

    // A character of twelve points; what a cell leaves free at both sides, and a little: in twentieths of a point.
    private const int Character = HalfPoints * 10;
    private const int Around = 216 + 48;

    /// <summary>A column is given no more than its part for so many characters: a long text takes lines, not width.</summary>
    private const int MostWanted = 40;

    /// <summary>A word of figures, such as a day, is not broken within so many characters.</summary>
    private const int MostUnbroken = 6;

    public static Word.Table Of(Table table)
    {
        var widths = Widths(table);
        var grid = new Word.Table(
            new Word.TableProperties(
                new Word.TableWidth
                {
                    Width = Number(widths.Sum()),
                    Type = Word.TableWidthUnitValues.Dxa,
                },
                new Word.TableBorders(
                    new Word.TopBorder { Val = Word.BorderValues.Single, Size = 4 },
                    new Word.LeftBorder { Val = Word.BorderValues.Single, Size = 4 },
                    new Word.BottomBorder { Val = Word.BorderValues.Single, Size = 4 },
                    new Word.RightBorder { Val = Word.BorderValues.Single, Size = 4 },
                    new Word.InsideHorizontalBorder { Val = Word.BorderValues.Single, Size = 4 },
                    new Word.InsideVerticalBorder { Val = Word.BorderValues.Single, Size = 4 }
                ),
                new Word.TableLayout { Type = Word.TableLayoutValues.Fixed }
            ),
            new Word.TableGrid(widths.Select(w => new Word.GridColumn { Width = Number(w) }))
        );
        grid.Append(Row(table.Header, widths, DocxWriter.Hei, header: true));
        foreach (var row in table.Rows)
            grid.Append(Row(row, widths, DocxWriter.FangSong, header: false));
        return grid;
    }

    // Each column what it must have; what is left goes to those that want more, by how much more.
    private static int[] Widths(Table table)
    {
        var columns = Enumerable.Range(0, table.Header.Count);
        var least = columns
            .Select(c => table.Rows.Select(r => r[c]).Append(table.Header[c]).Max(Unbroken))
            .ToArray();
        var more = columns
            .Select(c =>
                Math.Max(
                    0,
                    Math.Min(
                        MostWanted,
                        table.Rows.Select(r => r[c]).Append(table.Header[c]).Max(Length)
                    ) - least[c]
                )
            )
            .ToArray();
        var free =
            DocxSheet.TextWidth / (double)Character
            - Around * least.Length / (double)Character
            - least.Sum();
        // Nobody wants more, or there is not enough: all are stretched or pressed alike.
        if (more.Sum() is 0 || free < 0)
            more = least;
        return
        [
            .. columns.Select(c =>
                (int)(Around + Character * (least[c] + free * more[c] / more.Sum()))
            ),
        ];
    }

    /// <summary>How many characters wide: figures and Latin letters are half as wide.</summary>
    internal static double Length(string text) => text.Sum(c => c < '\u2000' ? 0.5 : 1);

    // A head stands on one or two lines; figures stand together.
    private static double Unbroken(string text) =>
        Math.Clamp(
            text.Any(c => c >= '\u2000')
                ? Length(text) <= 4
                    ? Length(text)
                    : 2
                : text.Split(' ').Max(Length) + 0.5,
            2,
            MostUnbroken
        );

    private static Word.TableRow Row(
        IReadOnlyList<string> cells,
        int[] widths,
        string font,
        bool header
    )
    {
        var row = new Word.TableRow();
        if (header)
            row.Append(new Word.TableRowProperties(new Word.TableHeader()));
        foreach (var (i, cell) in cells.Index())
            row.Append(
                new Word.TableCell(
                    new Word.TableCellProperties(
                        new Word.TableCellWidth
                        {
                            Width = Number(widths[i]),
                            Type = Word.TableWidthUnitValues.Dxa,
                        }
                    ),
                    new Word.Paragraph(
                        // The grid is for the text: a table of many lines would take twice the paper.
                        new Word.ParagraphProperties
                        {
                            SnapToGrid = new() { Val = false },
                            Justification = new()
                            {
                                Val = header
                                    ? Word.JustificationValues.Center
                                    : Word.JustificationValues.Left,
                            },
                        },
                        DocxWriter.Run(cell, font, HalfPoints)
                    )
                )
            );
        return row;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
