using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;

namespace OpinionPipeline.Pipeline.County;

/// <summary>What is wrong with a line of a county's file.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1; 0 where it is the whole.</param>
/// <param name="Column">The column; null where it is the whole line.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Zh">Why that is wrong, in Chinese.</param>
/// <param name="En">The same in English.</param>
public sealed record CountyFault(
    string File,
    int Line,
    string? Column,
    string Value,
    string Zh,
    string En
)
{
    /// <summary>As it is told to whoever wrote it: file, line, field, reason.</summary>
    public Rejection Rejection =>
        new(
            "county.invalid",
            Column,
            Line == 0
                ? $"{File}：{Zh}。"
                : $"{File} 第 {Line} 行，{CountySheets.Of(File)?.Column(Column)?.Zh}“{Value}”：{Zh}。",
            Line == 0 ? $"{File}: {En}." : $"{File}, line {Line}: {Column} '{Value}' {En}."
        );

    /// <summary>True where the other is the same fault, wherever it stands now.</summary>
    public bool Is(CountyFault other) => this with { Line = 0 } == other with { Line = 0 };
}

/// <summary>Says all that is wrong with a county's files, by themselves and with each other.</summary>
public static partial class CountyCheck
{
    /// <summary>The faults; where there is none, every reader takes the files.</summary>
    public static IReadOnlyList<CountyFault> Faults(CountyTexts texts)
    {
        var faults = new List<CountyFault>();
        var tables = new Dictionary<string, CountyTable>();
        foreach (var sheet in CountySheets.All)
            try
            {
                tables[sheet.File] = CountyTable.Read(sheet, texts.Of(sheet.File));
            }
            catch (InvalidDataException e)
            {
                faults.Add(
                    Whole(sheet.File, $"读不进去（{e.Message}）", $"cannot be read ({e.Message})")
                );
            }
        if (faults.Count > 0)
            return faults;
        var codes = new Codes(
            Of(CountySheets.Offices),
            Of(CountySheets.Townships),
            Of(CountySheets.Taxonomy)
        );
        foreach (var table in tables.Values)
        {
            faults.AddRange(Faults(table, codes));
            faults.AddRange(CountyRules.Faults(table, codes.Categories));
        }
        if (codes.Offices.Count == 0)
            faults.Add(Whole(CountySheets.Offices.File, "至少要有一个单位", "there is no office"));
        if (faults.Count == 0 && Refused(texts) is { } refused)
            faults.Add(refused);
        return faults;

        HashSet<string> Of(CountySheet sheet) =>
            [.. tables[sheet.File].Lines.Select(l => l["code"])];
    }

    /// <summary>
    /// What a reader refuses; null where all are content. They have the last word, so that nothing is saved that no process
    /// can start with.
    /// </summary>
    public static CountyFault? Refused(CountyTexts texts)
    {
        try
        {
            CountyParts.Read(texts);
            return null;
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or FormatException
                        or OverflowException
                        or ArgumentException
                        or CsvHelperException
            )
        {
            var file = CountySheets.All.FirstOrDefault(s =>
                e.Message.StartsWith(s.File, StringComparison.Ordinal)
            );
            return Whole(
                file?.File ?? CountySheets.Changes.File,
                $"读不进去（{e.Message.TrimEnd('.')}）",
                e.Message.TrimEnd('.')
            );
        }
    }

    private static IEnumerable<CountyFault> Faults(CountyTable table, Codes codes)
    {
        var sheet = table.Sheet;
        var keys = new HashSet<string>();
        var names = new HashSet<string>();
        foreach (var line in table.Lines)
        {
            foreach (var column in sheet.Columns)
                if (Wrong(column, line, codes) is var (zh, en))
                    yield return new(
                        sheet.File,
                        line.Number,
                        column.Name,
                        line[column.Name],
                        zh,
                        en
                    );
            if (!keys.Add(sheet.KeyOf(line.Fields)) && !sheet.Single)
                yield return Twice(sheet.Key[0]);
            // Models are taught the names of the first level, so one name is one category.
            if (
                sheet == CountySheets.Taxonomy
                && line["code"].Length == 2
                && !names.Add(line["name"])
            )
                yield return Twice("name");

            CountyFault Twice(string column) =>
                new(
                    sheet.File,
                    line.Number,
                    column,
                    line[column],
                    "出现两次",
                    "stands there twice"
                );
        }
    }

    private static (string Zh, string En)? Wrong(CountyColumn column, CountyLine line, Codes codes)
    {
        var value = line[column.Name];
        if (column.Kind == ColumnKind.Derived)
            return value == Derive(column.Name, line["code"])
                ? null
                : ("和代码对不上", "does not fit the code");
        if (value.Length == 0)
            return column.Required ? ("没有填", "is empty") : null;
        if (value.AsSpan().IndexOfAny('\n', '\r') >= 0)
            return ("不能换行", "has a line break");
        return column.Kind switch
        {
            ColumnKind.Code when !CodePattern().IsMatch(value) => (
                "只能用字母、数字、- 和 _，不超过 20 个",
                "is not made of at most 20 letters, digits, - and _"
            ),
            ColumnKind.CategoryCode when !CategoryPattern().IsMatch(value) => (
                "不是两位、四位或六位数字",
                "is not two, four or six digits"
            ),
            ColumnKind.CategoryCode
                when value.Length > 2 && !codes.Categories.Contains(value[..^2]) => (
                $"没有上一级类别 {value[..^2]}",
                $"has no category {value[..^2]} above it"
            ),
            ColumnKind.Day
                when !DateOnly.TryParseExact(
                    value,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out _
                ) => ("不是 2026-10-01 这样的日期", "is not a day such as 2026-10-01"),
            ColumnKind.Number
                when !int.TryParse(
                    value,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    || number < 1
                    || number > column.Most => (
                $"不是 1 到 {column.Most} 的整数",
                $"is not a whole number from 1 to {column.Most}"
            ),
            ColumnKind.Points
                when !decimal.TryParse(
                    value,
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var points
                )
                    || points > column.Most => (
                $"不是 0 到 {column.Most} 的数",
                $"is not a number from 0 to {column.Most}"
            ),
            ColumnKind.Choice when column.Choices.All(c => c.Value != value) => (
                $"只能是 {string.Join("、", column.Choices.Select(c => c.Value))}",
                $"is none of {string.Join(", ", column.Choices.Select(c => c.Value))}"
            ),
            ColumnKind.Office when !codes.Offices.Contains(value) => (
                $"{CountySheets.Offices.File} 里没有",
                $"is not in {CountySheets.Offices.File}"
            ),
            ColumnKind.Township when !codes.Townships.Contains(value) => (
                $"{CountySheets.Townships.File} 里没有",
                $"is not in {CountySheets.Townships.File}"
            ),
            ColumnKind.Category when !codes.Categories.Contains(value) => (
                $"{CountySheets.Taxonomy.File} 里没有",
                $"is not in {CountySheets.Taxonomy.File}"
            ),
            _ => null,
        };
    }

    /// <summary>What follows from a category's code.</summary>
    internal static string Derive(string column, string code) =>
        column == "level" ? (code.Length / 2).ToString(CultureInfo.InvariantCulture)
        : code.Length > 2 ? code[..^2]
        : "";

    private static CountyFault Whole(string file, string zh, string en) =>
        new(file, 0, null, "", zh, en);

    [GeneratedRegex("^[A-Za-z0-9_-]{1,20}$")]
    private static partial Regex CodePattern();

    [GeneratedRegex("^[0-9]{2}(?:[0-9]{2}){0,2}$")]
    private static partial Regex CategoryPattern();

    private sealed record Codes(
        HashSet<string> Offices,
        HashSet<string> Townships,
        HashSet<string> Categories
    );
}
