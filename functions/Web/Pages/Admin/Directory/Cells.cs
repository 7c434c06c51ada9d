using OpinionPipeline.Pipeline.County;

namespace OpinionPipeline.Web.Pages.Admin.Directory;

/// <summary>What stands in a county's file, as people read it: a code with the name it stands for.</summary>
internal static class Cells
{
    /// <summary>A field's words.</summary>
    public static string Show(
        Words words,
        CountyDirectory county,
        CountyColumn column,
        CountyLine line
    )
    {
        var value = line[column.Name];
        return value.Length == 0
            ? column.Kind == ColumnKind.Category
                ? words["所有其他", "All others"]
                : "–"
            : column.Kind switch
            {
                ColumnKind.Choice => column.Choices.FirstOrDefault(c => c.Value == value) is { } c
                    ? words[c.Zh, c.En]
                    : value,
                ColumnKind.Office => $"{value} {words.Name(county.Office(value))}",
                ColumnKind.Category => $"{value} {words.Name(county.Category(value))}",
                ColumnKind.Township => $"{value} {Name(words, county, value)}",
                _ => value,
            };
    }

    /// <summary>What may be chosen in a field, with what stands there now; null where it is typed.</summary>
    public static IEnumerable<(string Value, string Text)>? Options(
        Words words,
        CountyDirectory county,
        CountyColumn column,
        string? value
    )
    {
        List<(string Value, string Text)>? all = column.Kind switch
        {
            ColumnKind.Choice => [.. column.Choices.Select(c => (c.Value, words[c.Zh, c.En]))],
            ColumnKind.Office =>
            [
                .. county.Offices.Select(o => (o.Code, $"{o.Code} {words.Name(o)}")),
            ],
            ColumnKind.Category =>
            [
                .. county.Categories.Select(c => (c.Code, $"{c.Code} {words.Name(c)}")),
            ],
            ColumnKind.Township =>
            [
                .. county.Townships.Select(t =>
                    (t.Code, $"{t.Code} {Name(words, county, t.Code)}")
                ),
            ],
            _ => null,
        };
        if (all is null)
            return null;
        if (!string.IsNullOrEmpty(value) && all.TrueForAll(o => o.Value != value))
            all.Insert(0, (value, value));
        all.Insert(0, ("", column.Required ? words["请选择", "Choose"] : words["不选", "None"]));
        return all;
    }

    private static string Name(Words words, CountyDirectory county, string township) =>
        county.Townships.FirstOrDefault(t => t.Code == township) is { } t
            ? words[t.Name, t.NameEn]
            : "";
}
