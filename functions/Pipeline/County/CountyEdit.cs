namespace OpinionPipeline.Pipeline.County;

/// <summary>What somebody wants to change in one of the county's files.</summary>
/// <param name="File">The file.</param>
/// <param name="Version">The <see cref="CountyTable.Version"/> that lay before them; null for whatever there is.</param>
/// <param name="Kind">What is to be done.</param>
public sealed record CountyEdit(string File, string? Version, EditKind Kind)
{
    /// <summary>The key of the line; null for a new one.</summary>
    public string? Key { get; init; }

    /// <summary>What is to stand in it, by column.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } =
        new Dictionary<string, string>();

    /// <summary>The codes that a category becomes.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>From which day a category is another; null for today.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Why, for a change of categories.</summary>
    public string Note { get; init; } = "";

    /// <summary>The whole text, for <see cref="EditKind.Whole"/>.</summary>
    public string Text { get; init; } = "";
}

/// <summary>What may be done to a file.</summary>
public enum EditKind
{
    /// <summary>A line more.</summary>
    Add,

    /// <summary>Other words in a line.</summary>
    Change,

    /// <summary>A line less.</summary>
    Remove,

    /// <summary>A category is merged into another, or split into several.</summary>
    Become,

    /// <summary>Another text altogether.</summary>
    Whole,

    /// <summary>A line becomes the last; of the offices, that one takes what no rule covers.</summary>
    Last,

    /// <summary>The file is again the one that the product was started with.</summary>
    Seeds,
}

/// <summary>Works out the texts that an edit makes. Pure: it asks nobody and saves nothing.</summary>
internal static class CountyEdits
{
    /// <summary>The texts as they are afterwards; or why they cannot be.</summary>
    public static Result<CountyTexts> Apply(CountyTexts texts, CountyEdit edit, DateOnly today)
    {
        if (edit.Kind == EditKind.Seeds && CountySheets.Of(edit.File) is { } sheet)
            return Seeds(texts, sheet, edit, today);
        var changed = Changed(texts, edit, today);
        return changed.IsOk ? texts.With(changed.Value) : changed.Rejections.ToList();
    }

    // Not a copy of it: where a later version of the product brings another file, that one holds.
    private static CountyTexts Seeds(
        CountyTexts texts,
        CountySheet sheet,
        CountyEdit edit,
        DateOnly today
    )
    {
        var seeds = texts.Without(sheet.File);
        var changed = Whole(texts, sheet, edit with { Text = seeds.Of(sheet.File) ?? "" }, today);
        changed.Remove(sheet.File);
        return seeds.With(changed);
    }

    private static Result<Dictionary<string, string>> Changed(
        CountyTexts texts,
        CountyEdit edit,
        DateOnly today
    )
    {
        if (CountySheets.Of(edit.File) is not { } sheet)
            return new Rejection(
                "county.unknown",
                null,
                $"没有 {edit.File} 这个文件。",
                $"There is no file {edit.File}."
            )
            {
                Status = 404,
            };
        if (edit.Kind == EditKind.Whole)
            return Whole(texts, sheet, edit, today);
        var table = CountyTable.Read(sheet, texts.Of(sheet.File));
        var line = table.Line(edit.Key);
        // A letterhead's one line is filled in where there is none yet.
        if (edit.Kind == EditKind.Add || (sheet.Single && line is null))
            return new Dictionary<string, string>
            {
                [sheet.File] = table.With(Filled(sheet, edit.Fields)),
            };
        if (line is null)
            return new Rejection(
                "county.line.unknown",
                null,
                $"{sheet.File} 里没有“{edit.Key}”这一行。",
                $"{sheet.File} has no line '{edit.Key}'."
            )
            {
                Status = 404,
            };
        if (edit.Kind == EditKind.Remove)
            return new Dictionary<string, string> { [sheet.File] = table.Without(l => l == line) };
        if (edit.Kind == EditKind.Last)
            return new Dictionary<string, string> { [sheet.File] = table.WithLast(line) };
        if (edit.Kind == EditKind.Become)
            return Become(texts, table, line, edit, today);

        // A code is what all documents know the line by.
        var fields = Filled(sheet, edit.Fields, line);
        var changed = new Dictionary<string, string> { [sheet.File] = table.With(line, fields) };
        if (sheet == CountySheets.Taxonomy && fields["name"] != line["name"])
            changed[CountySheets.Changes.File] = WithChange(
                texts,
                line,
                [line["code"]],
                edit.On ?? today,
                edit.Note
            );
        return changed;
    }

    // A new name is set down as a change here too.
    private static Dictionary<string, string> Whole(
        CountyTexts texts,
        CountySheet sheet,
        CountyEdit edit,
        DateOnly today
    )
    {
        var changed = new Dictionary<string, string> { [sheet.File] = edit.Text };
        if (sheet != CountySheets.Taxonomy)
            return changed;
        var before = CountyTable.Read(sheet, texts.Of(sheet.File));
        try
        {
            foreach (var line in CountyTable.Read(sheet, edit.Text).Lines)
                if (before.Line(line["code"]) is { } was && was["name"] != line["name"])
                    changed[CountySheets.Changes.File] = WithChange(
                        texts.With(changed),
                        was,
                        [was["code"]],
                        today,
                        edit.Note
                    );
        }
        catch (InvalidDataException)
        {
            // No table: the check of what it would be says so.
        }
        return changed;
    }

    // Merged or split away, it leaves the taxonomy with all below it, and so do the rules that name it.
    private static Result<Dictionary<string, string>> Become(
        CountyTexts texts,
        CountyTable taxonomy,
        CountyLine line,
        CountyEdit edit,
        DateOnly today
    )
    {
        var code = line["code"];
        if (
            taxonomy.Sheet != CountySheets.Taxonomy
            || edit.To.Count == 0
            || edit.To is [var same] && same == code
        )
            return new Rejection(
                "to.required",
                "to",
                "请写并入或拆分成哪些类别的代码。",
                "Say which other categories it becomes."
            );
        var changed = new Dictionary<string, string>
        {
            [CountySheets.Changes.File] = WithChange(
                texts,
                line,
                edit.To,
                edit.On ?? today,
                edit.Note
            ),
        };
        if (edit.To.Any(t => t.StartsWith(code, StringComparison.Ordinal)))
            return changed;
        changed[taxonomy.Sheet.File] = taxonomy.Without(l => Below(l["code"]));
        foreach (var sheet in new[] { CountySheets.Routing, CountySheets.Recurrence })
        {
            var rules = CountyTable.Read(sheet, texts.Of(sheet.File));
            if (rules.Lines.Any(l => Below(l["category"])))
                changed[sheet.File] = rules.Without(l => Below(l["category"]));
        }
        return changed;

        bool Below(string other) => other.StartsWith(code, StringComparison.Ordinal);
    }

    private static string WithChange(
        CountyTexts texts,
        CountyLine line,
        IReadOnlyList<string> to,
        DateOnly on,
        string note
    )
    {
        var (file, day) = (CountySheets.Changes.File, $"{on:yyyy-MM-dd}");
        var text = texts.Of(file);
        var changes = CountyTable.Read(CountySheets.Changes, text);
        var becomes = string.Join('|', to);
        // Named anew twice on one day: what it was called that morning is set down already.
        return
            becomes == line["code"]
            && changes.Lines.Any(l =>
                l["code"] == line["code"] && l["to"] == becomes && l["on"] == day
            )
            ? text!
            : changes.With(
                new Dictionary<string, string>
                {
                    ["code"] = line["code"],
                    ["name"] = line["name"],
                    ["to"] = becomes,
                    ["on"] = day,
                    ["note"] = note,
                }
            );
    }

    // What nobody types is filled in; of a line that is there, its code stays.
    private static Dictionary<string, string> Filled(
        CountySheet sheet,
        IReadOnlyDictionary<string, string> given,
        CountyLine? before = null
    )
    {
        var fields = new Dictionary<string, string>();
        foreach (var column in sheet.Columns)
        {
            var stays =
                before is not null && column.Kind is ColumnKind.Code or ColumnKind.CategoryCode;
            fields[column.Name] =
                stays ? before![column.Name]
                : given.TryGetValue(column.Name, out var value) ? value.Trim()
                : before?[column.Name] ?? "";
        }
        foreach (var column in sheet.Columns.Where(c => c.Kind == ColumnKind.Derived))
            fields[column.Name] = CountyCheck.Derive(column.Name, fields["code"]);
        if (fields.TryGetValue("nameEn", out var english) && english.Length == 0)
            fields["nameEn"] = fields["name"];
        return fields;
    }
}
