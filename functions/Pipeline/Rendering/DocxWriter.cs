using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace OpinionPipeline.Pipeline.Rendering;

/// <summary>
/// A page as a Word file laid out by GB/T 9704-2012: see <see cref="DocxSheet"/> for the sheet. The title in 2号小标宋, the
/// text in 3号仿宋 indented by two characters, headings in 黑体, 楷体 and 仿宋 by their level.
/// </summary>
public static class DocxWriter
{
    /// <summary>The files' media type.</summary>
    public const string MediaType =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    internal const string Song = "方正小标宋简体";
    internal const string Hei = "黑体";
    internal const string Kai = "楷体_GB2312";
    internal const string FangSong = "仿宋_GB2312";

    // Sizes in half points.
    internal const int Size2 = 44;
    internal const int Size3 = 32;
    internal const int Size4 = 28;
    private const int SizeNote = 20;

    /// <summary>The file in memory.</summary>
    public static byte[] Write(Page page)
    {
        var file = new MemoryStream();
        Write(page, file);
        return file.ToArray();
    }

    /// <summary>Writes the file.</summary>
    public static void Write(Page page, Stream output)
    {
        using var document = WordprocessingDocument.Create(
            output,
            WordprocessingDocumentType.Document
        );
        document.PackageProperties.Title = Legal(page.Title);
        var main = document.AddMainDocumentPart();
        var body = new Word.Body();
        main.Document = new Word.Document(body);
        if (page.Masthead is { } masthead)
            body.Append(DocxLetterhead.Of(masthead));
        // 标题 centred, then an empty line.
        body.Append(Title(page.Title), Text("", FangSong));
        foreach (var block in page.Blocks)
            switch (block)
            {
                case Heading heading:
                    body.Append(HeadingOf(heading));
                    break;
                case Paragraph paragraph:
                    body.Append(Text(paragraph.Text, FangSong, paragraph.Note));
                    break;
                case Table table:
                    body.Append(DocxTable.Of(table));
                    body.Append(new Word.Paragraph());
                    break;
                case Signature signature:
                    // A page of nothing but a signature looks as if somebody had added it.
                    if (body.LastChild is Word.Paragraph { ParagraphProperties: { } last })
                        last.KeepNext = new();
                    body.Append(DocxLetterhead.Of(signature));
                    break;
            }
        if (page.Imprint is { } imprint)
            body.Append(DocxLetterhead.Of(imprint));
        body.Append(DocxSheet.Of(main));
    }

    private static Word.Paragraph Title(string text) =>
        new(
            new Word.ParagraphProperties
            {
                KeepNext = new(),
                // Its characters are higher than a line of the grid.
                SnapToGrid = new() { Val = false },
                SpacingBetweenLines = DocxSheet.Line(),
                Justification = new() { Val = Word.JustificationValues.Center },
            },
            Run(text, Song, Size2)
        );

    private static Word.Paragraph HeadingOf(Heading heading)
    {
        var paragraph = Text(
            heading.Text,
            heading.Level switch
            {
                1 => Hei,
                2 => Kai,
                _ => FangSong,
            }
        );
        paragraph.ParagraphProperties!.KeepNext = new();
        paragraph.ParagraphProperties.OutlineLevel = new() { Val = heading.Level - 1 };
        return paragraph;
    }

    private static Word.Paragraph Text(string text, string font, string? note = null)
    {
        var paragraph = new Word.Paragraph(
            new Word.ParagraphProperties
            {
                SpacingBetweenLines = DocxSheet.Line(),
                Indentation = new()
                {
                    FirstLineChars = 200,
                    FirstLine = (Size3 * 20).ToString(CultureInfo.InvariantCulture),
                },
                Justification = new() { Val = Word.JustificationValues.Both },
            },
            Run(text, font, Size3)
        );
        if (note is not null)
            paragraph.Append(Run(note, font, SizeNote));
        return paragraph;
    }

    internal static Word.Run Run(string text, string font, int halfPoints) =>
        new(
            new Word.RunProperties(
                new Word.RunFonts
                {
                    Ascii = "Times New Roman",
                    HighAnsi = "Times New Roman",
                    EastAsia = font,
                },
                new Word.Spacing { Val = halfPoints == Size3 ? DocxSheet.Tighter : 0 },
                new Word.FontSize { Val = halfPoints.ToString(CultureInfo.InvariantCulture) }
            ),
            new Word.Text(Legal(text)) { Space = SpaceProcessingModeValues.Preserve }
        );

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
