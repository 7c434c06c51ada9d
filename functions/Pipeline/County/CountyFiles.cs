using System.Globalization;
using CsvHelper;
using OpinionPipeline.Pipeline.Accounts;
using OpinionPipeline.Pipeline.Issues;

namespace OpinionPipeline.Pipeline.County;

/// <summary>Reads a <see cref="CountyDirectory"/> and what belongs to it from the county's CSV files.</summary>
public static class CountyFiles
{
    internal const string Changes = "category-changes.csv";
    internal const string Holidays = "holidays.csv";
    internal const string Heads = "letterhead.csv";

    /// <exception cref="InvalidDataException">A file lacks a column, or refers to a code that does not exist.</exception>
    public static CountyDirectory Load(CountyTexts texts)
    {
        var categories = Rows(texts, "taxonomy.csv")
            .Select(r => new Category(
                r("code"),
                int.Parse(r("level"), CultureInfo.InvariantCulture),
                r("parent") is { Length: > 0 } parent ? parent : null,
                r("name"),
                r("nameEn")
            ))
            .ToList();
        var offices = Rows(texts, "offices.csv")
            .Select(r => new Office(r("code"), r("name"), r("nameEn")))
            .ToList();
        var townships = Rows(texts, "townships.csv")
            .Select(r => new Township(r("code"), r("name"), r("nameEn")))
            .ToList();
        var stations = Rows(texts, "stations.csv")
            .Select(r => new Station(r("code"), r("name"), r("nameEn"), r("township"), r("kind")))
            .ToList();
        var places = Rows(texts, "places.csv")
            .Select(r => new Place(
                r("name"),
                r("kind"),
                r("township") is { Length: > 0 } township ? township : null,
                r("aliases").Split('|', StringSplitOptions.RemoveEmptyEntries)
            ))
            .ToList();
        var routing = Rows(texts, RoutingFile.Name)
            .ToDictionary(r => r("category"), r => r("office"));

        var codes = offices.Select(o => o.Code).ToHashSet();
        if (routing.FirstOrDefault(r => !codes.Contains(r.Value)) is { Key: not null } lost)
            throw new InvalidDataException(
                $"routing.csv: category {lost.Key} goes to office {lost.Value}, which offices.csv does not have."
            );
        return new(categories, offices, stations, townships, places, routing)
        {
            Letterhead = texts.Of(Heads) is not null
                ? Rows(texts, Heads)
                    .Select(r => new Letterhead(
                        r("mark"),
                        r("number"),
                        r("issuer"),
                        r("signer"),
                        r("to"),
                        r("copies")
                    ))
                    .FirstOrDefault()
                : null,
        };
    }

    /// <summary>Reads the rules for recurring issues, <c>recurrence.csv</c>.</summary>
    public static RecurrenceRules LoadRecurrence(CountyTexts texts, CountyDirectory county) =>
        new(
            [
                .. Rows(texts, "recurrence.csv")
                    .Select(r => new RecurrenceRule(
                        r("category"),
                        int.Parse(r("submissions"), CultureInfo.InvariantCulture),
                        int.Parse(r("sources"), CultureInfo.InvariantCulture),
                        int.Parse(r("windowDays"), CultureInfo.InvariantCulture)
                    )),
            ],
            county.Stations.Where(s => s.Kind == "online").Select(s => s.Code).ToHashSet()
        );

    /// <summary>Reads how categories have changed, <c>category-changes.csv</c>; none where there is no such file.</summary>
    /// <exception cref="InvalidDataException">A change contradicts the taxonomy.</exception>
    public static CategoryMap LoadChanges(CountyTexts texts, CountyDirectory county) =>
        new(
            county,
            texts.Of(Changes) is not null
                ? Rows(texts, Changes)
                    .Select(r => new CategoryChange(
                        r("code"),
                        r("name"),
                        r("to").Split('|', StringSplitOptions.RemoveEmptyEntries),
                        DateOnly.ParseExact(r("on"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                        r("note")
                    ))
                : []
        );

    /// <summary>Reads the holidays and make-up days, <c>holidays.csv</c>; weekends alone where there is no such file.</summary>
    /// <exception cref="InvalidDataException">A day is no day, is named twice, or is neither a holiday nor a workday.</exception>
    public static WorkingDays LoadHolidays(CountyTexts texts)
    {
        var days = new Dictionary<DateOnly, DayKind>();
        if (texts.Of(Holidays) is null)
            return WorkingDays.WeekendsOnly;
        foreach (var row in Rows(texts, Holidays))
        {
            if (!DateOnly.TryParseExact(row("date"), "yyyy-MM-dd", out var day))
                throw new InvalidDataException(
                    $"{Holidays}: date '{row("date")}' is not a day such as 2026-10-01."
                );
            DayKind kind = row("kind") switch
            {
                "holiday" => DayKind.Holiday,
                "workday" => DayKind.Workday,
                var other => throw new InvalidDataException(
                    $"{Holidays}: kind '{other}' of {row("date")} is neither holiday nor workday."
                ),
            };
            if (!days.TryAdd(day, kind))
                throw new InvalidDataException($"{Holidays}: {row("date")} stands there twice.");
        }
        return new(days);
    }

    /// <summary>Reads what is worth points, <c>points.csv</c>; no points where there is no such file.</summary>
    /// <exception cref="InvalidDataException">Something is wrong; the message names line and field.</exception>
    public static PointRules LoadPoints(CountyTexts texts) =>
        texts.Of(PointFile.Name) is not null
            ? PointFile.Read(Lines(texts, PointFile.Name))
            : PointRules.None;

    /// <summary>Reads the county's time limits, <c>limits.csv</c>; the defaults where there is no such file.</summary>
    /// <exception cref="InvalidDataException">Something is wrong; the message names line and field.</exception>
    public static Limits LoadLimits(CountyTexts texts) =>
        texts.Of(LimitFile.Name) is not null
            ? LimitFile.Read(Lines(texts, LimitFile.Name))
            : new(new(), new());

    private static List<Func<string, string>> Rows(CountyTexts texts, string file) =>
        [.. Lines(texts, file).Select(l => l.Field)];

    private static List<(int Line, Func<string, string> Field)> Lines(
        CountyTexts texts,
        string file
    )
    {
        using var reader = new StringReader(
            texts.Of(file) ?? throw new InvalidDataException($"There is no {file}.")
        );
        return Lines(reader, file);
    }

    /// <summary>The rows below the header, each with its line and its fields by column.</summary>
    /// <exception cref="InvalidDataException">There is no header; asked for a column that is missing, a field throws it too.</exception>
    internal static List<(int Line, Func<string, string> Field)> Lines(
        TextReader reader,
        string file
    )
    {
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        if (!csv.Read() || !csv.ReadHeader())
            throw new InvalidDataException($"{file} is empty.");
        var header = csv.HeaderRecord!;
        var rows = new List<(int, Func<string, string>)>();
        while (csv.Read())
        {
            var values = header
                .Zip(csv.Parser.Record!)
                .DistinctBy(p => p.First)
                .ToDictionary(p => p.First, p => p.Second);
            var line = csv.Parser.RawRow;
            rows.Add(
                (
                    line,
                    column =>
                        values.TryGetValue(column, out var value) ? value
                        : header.Contains(column)
                            ? throw new InvalidDataException($"{file}, line {line}: no {column}.")
                        : throw new InvalidDataException($"{file} has no column '{column}'.")
                )
            );
        }
        return rows;
    }
}
