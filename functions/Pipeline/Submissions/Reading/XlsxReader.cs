using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace OpinionPipeline.Pipeline.Submissions.Reading;

/// <summary>
/// The first sheet of an Office Open XML workbook (ECMA-376), row by row. What counts against the limits are the bytes
/// that really unfold, not those a file claims.
/// </summary>
internal static class XlsxReader
{
    private static readonly XmlReaderSettings Xml = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreWhitespace = false,
        IgnoreComments = true,
    };

    public static IEnumerable<(int Number, IReadOnlyList<string> Fields)> Rows(
        Stream content,
        ReadingLimits limits,
        CancellationToken cancellation
    )
    {
        // A zip's directory stands at its end: what cannot seek is set down first.
        using var file = new FileStream(
            Path.GetTempFileName(),
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose,
            }
        );
        content.CopyTo(file);
        file.Position = 0;
        using var zip = Open(file);
        var budget = new Budget(limits.UnfoldedBytes);
        var strings = zip.GetEntry("xl/sharedStrings.xml") is { } shared
            ? SharedStrings(shared, new Budget(limits.SharedStringBytes))
            : [];
        var sheet =
            zip.Entries.Where(e =>
                    e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)
                    && e.FullName.EndsWith(".xml", StringComparison.Ordinal)
                )
                .MinBy(e => (e.FullName.Length, e.FullName))
            ?? throw NotAWorkbook();
        using var reader = Guard(() =>
            XmlReader.Create(new BoundedStream(sheet.Open(), budget), Xml)
        );
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = Guard(() => NextRow(reader, strings, limits));
            if (row is null)
                yield break;
            yield return row.Value;
        }
    }

    private static (int, IReadOnlyList<string>)? NextRow(
        XmlReader reader,
        List<string> strings,
        ReadingLimits limits
    )
    {
        while (!(reader.NodeType == XmlNodeType.Element && reader.LocalName == "row"))
            if (!reader.Read())
                return null;
        _ = int.TryParse(
            reader.GetAttribute("r"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        );
        var fields = new List<string>();
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return (number, fields);
        }
        while (
            reader.Read()
            && !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "row")
        )
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "c")
                continue;
            var column = Column(reader.GetAttribute("r")) ?? fields.Count;
            if (column >= limits.Columns)
                throw new UnreadableFileException(
                    "file.tooManyColumns",
                    $"第 {number} 行超过 {limits.Columns} 列。",
                    $"Row {number} has more than {limits.Columns} columns."
                );
            while (fields.Count <= column)
                fields.Add("");
            fields[column] = Cell(reader, reader.GetAttribute("t"), strings, limits);
        }
        reader.Read();
        return (number, fields);
    }

    private static string Cell(
        XmlReader reader,
        string? type,
        List<string> strings,
        ReadingLimits limits
    )
    {
        if (reader.IsEmptyElement)
            return "";
        var text = new StringBuilder();
        var inside = 0;
        while (
            reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "c")
        )
        {
            if (
                reader.NodeType == XmlNodeType.Element
                && reader.LocalName is "v" or "t"
                && !reader.IsEmptyElement
            )
                inside++;
            else if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName is "v" or "t")
                inside--;
            else if (
                inside > 0
                && reader.NodeType
                    is XmlNodeType.Text
                        or XmlNodeType.SignificantWhitespace
                        or XmlNodeType.CDATA
                        or XmlNodeType.Whitespace
            )
                text.Append(reader.Value);
            if (text.Length > limits.FieldLength)
                throw new UnreadableFileException(
                    "file.fieldTooLong",
                    "有过长的单元格。",
                    "A cell is too long."
                );
        }
        var value = text.ToString();
        return
            type == "s"
            && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            ? i < strings.Count
                ? strings[i]
                : ""
            : value;
    }

    private static List<string> SharedStrings(ZipArchiveEntry entry, Budget budget) =>
        Guard(() =>
        {
            var strings = new List<string>();
            using var reader = XmlReader.Create(new BoundedStream(entry.Open(), budget), Xml);
            StringBuilder? current = null;
            var inside = false;
            while (reader.Read())
                switch (reader.NodeType, reader.LocalName)
                {
                    case (XmlNodeType.Element, "si"):
                        if (reader.IsEmptyElement)
                            strings.Add("");
                        else
                            current = new StringBuilder();
                        break;
                    case (XmlNodeType.EndElement, "si"):
                        strings.Add(current!.ToString());
                        current = null;
                        break;
                    // rPh holds a reading aid, not text.
                    case (XmlNodeType.Element, "rPh"):
                        reader.Skip();
                        break;
                    case (XmlNodeType.Element, "t"):
                        inside = !reader.IsEmptyElement;
                        break;
                    case (XmlNodeType.EndElement, "t"):
                        inside = false;
                        break;
                    case (
                        XmlNodeType.Text
                            or XmlNodeType.SignificantWhitespace
                            or XmlNodeType.Whitespace
                            or XmlNodeType.CDATA,
                        _
                    ) when inside:
                        current?.Append(reader.Value);
                        break;
                }
            return strings;
        });

    private static int? Column(string? reference)
    {
        if (reference is null)
            return null;
        var column = 0;
        foreach (var c in reference)
        {
            if (!char.IsAsciiLetterUpper(c))
                break;
            column = column * 26 + (c - 'A' + 1);
            if (column > 20_000)
                break;
        }
        return column - 1;
    }

    private static ZipArchive Open(Stream file)
    {
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read);
        }
        catch (InvalidDataException)
        {
            throw NotAWorkbook();
        }
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            throw NotAWorkbook();
        }
    }

    private static UnreadableFileException NotAWorkbook() =>
        new(
            "file.notWorkbook",
            "不是有效的 .xlsx 文件，或文件已损坏。",
            "This is no valid .xlsx file, or it is damaged."
        );
}
