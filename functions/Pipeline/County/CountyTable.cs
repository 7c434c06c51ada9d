using System.Globalization;
using System.Text;
using CsvHelper;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.County;

/// <summary>A county's file line by line, to be looked at and written again. Columns that no sheet names stay.</summary>
public sealed class CountyTable
{
    private readonly IReadOnlyList<string> header;

    private CountyTable(
        CountySheet sheet,
        IReadOnlyList<string> header,
        IReadOnlyList<CountyLine> lines,
        string version
    ) => (Sheet, this.header, Lines, Version) = (sheet, header, lines, version);

    public CountySheet Sheet { get; }

    /// <summary>The lines below the header.</summary>
    public IReadOnlyList<CountyLine> Lines { get; }

    /// <summary>Another one for every other text of the file: whoever edits names the one that lay before them.</summary>
    public string Version { get; }

    /// <summary>Reads a text; where there is none, the file has no line yet.</summary>
    /// <exception cref="InvalidDataException">It is no table; the message names the file.</exception>
    public static CountyTable Read(CountySheet sheet, string? text)
    {
        var header = sheet.Columns.Select(c => c.Name).ToList();
        var lines = new List<CountyLine>();
        if (!string.IsNullOrWhiteSpace(text))
            try
            {
                using var csv = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
                csv.Read();
                csv.ReadHeader();
                var named = csv.HeaderRecord!;
                header = [.. named.Distinct()];
                while (csv.Read())
                    lines.Add(
                        new(
                            csv.Parser.RawRow,
                            named
                                .Zip(csv.Parser.Record!)
                                .DistinctBy(p => p.First)
                                .ToDictionary(p => p.First, p => p.Second)
                        )
                    );
            }
            catch (CsvHelperException e)
            {
                throw new InvalidDataException($"{sheet.File} is no table: {e.Message}", e);
            }
        foreach (var column in sheet.Columns)
            if (!header.Contains(column.Name))
                throw new InvalidDataException($"{sheet.File} has no column '{column.Name}'.");
        return new(sheet, header, lines, SubmissionId.Hash(text ?? "", 10));
    }

    /// <summary>The line of a key; null where there is none.</summary>
    public CountyLine? Line(string? key) =>
        Lines.FirstOrDefault(l => Sheet.Single || Sheet.KeyOf(l.Fields) == key);

    /// <summary>The text with a line more.</summary>
    public string With(IReadOnlyDictionary<string, string> fields)
    {
        var lines = Lines.Select(l => l.Fields).ToList();
        var key = Sheet.KeyOf(fields);
        var place = lines.Count;
        if (Sheet.LastStays && place > 0)
            place--;
        else if (Sheet.Sorted)
            place = lines.FindIndex(l => string.CompareOrdinal(Sheet.KeyOf(l), key) > 0) switch
            {
                < 0 => lines.Count,
                var found => found,
            };
        lines.Insert(place, fields);
        return Write(lines);
    }

    /// <summary>The text with one line changed; what the fields do not name stays.</summary>
    public string With(CountyLine line, IReadOnlyDictionary<string, string> fields) =>
        Write(
            Lines.Select(l =>
            {
                if (l != line)
                    return l.Fields;
                var changed = new Dictionary<string, string>(l.Fields);
                foreach (var (name, value) in fields)
                    changed[name] = value;
                return changed;
            })
        );

    /// <summary>The text without some lines.</summary>
    public string Without(Func<CountyLine, bool> gone) =>
        Write(Lines.Where(l => !gone(l)).Select(l => l.Fields));

    /// <summary>The text with one line moved to the end.</summary>
    public string WithLast(CountyLine line) =>
        Write(Lines.Where(l => l != line).Append(line).Select(l => l.Fields));

    private string Write(IEnumerable<IReadOnlyDictionary<string, string>> lines)
    {
        var text = new StringBuilder();
        text.Append(string.Join(',', header)).Append('\n');
        foreach (var line in lines)
            text.Append(string.Join(',', header.Select(h => Quoted(line.GetValueOrDefault(h, "")))))
                .Append('\n');
        return text.ToString();
    }

    private static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(",\"\n\r") >= 0 || value != value.Trim()
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;
}

/// <summary>A line of a county's file.</summary>
/// <param name="Number">Where it stands in the file, from 1.</param>
/// <param name="Fields">What stands in it, by column.</param>
public sealed record CountyLine(int Number, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>What stands in a column; empty where the line is too short.</summary>
    public string this[string column] => Fields.GetValueOrDefault(column, "");

    /// <summary>True where the other says the same, wherever it stands.</summary>
    public bool Says(CountyLine other) =>
        Fields.Count == other.Fields.Count && Fields.All(f => other[f.Key] == f.Value);
}
