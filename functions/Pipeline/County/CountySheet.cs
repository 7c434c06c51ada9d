namespace OpinionPipeline.Pipeline.County;

/// <summary>
/// One of the county's files as people see it: what it is called, what stands in its columns. Pages, checks and the API go by
/// this alone, so that a file is edited as every other.
/// </summary>
/// <param name="File">The file's name.</param>
/// <param name="Zh">What it is, in Chinese.</param>
/// <param name="En">What it is, in English.</param>
/// <param name="EffectZh">What a change does and from when, in Chinese.</param>
/// <param name="EffectEn">The same in English.</param>
/// <param name="Key">The columns that tell a line from all others.</param>
/// <param name="Columns">All columns, in the file's order.</param>
public sealed record CountySheet(
    string File,
    string Zh,
    string En,
    string EffectZh,
    string EffectEn,
    IReadOnlyList<string> Key,
    IReadOnlyList<CountyColumn> Columns
)
{
    /// <summary>The last part of its pages' addresses.</summary>
    public string Slug => Path.GetFileNameWithoutExtension(File);

    /// <summary>True where it has one line and no more.</summary>
    public bool Single { get; init; }

    /// <summary>True where a new line goes to its place by the key, false where it goes to the end.</summary>
    public bool Sorted { get; init; }

    /// <summary>True where the last line has a meaning of its own and stays the last.</summary>
    public bool LastStays { get; init; }

    /// <summary>The key of a line.</summary>
    public string KeyOf(IReadOnlyDictionary<string, string> fields) =>
        string.Join('|', Key.Select(k => fields.GetValueOrDefault(k, "")));

    /// <summary>The column of that name, or null.</summary>
    public CountyColumn? Column(string? name) => Columns.FirstOrDefault(c => c.Name == name);
}

/// <summary>A column of a county's file.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Zh">Its name for people, in Chinese.</param>
/// <param name="En">The same in English.</param>
/// <param name="Kind">What may stand in it.</param>
public sealed record CountyColumn(string Name, string Zh, string En, ColumnKind Kind)
{
    /// <summary>False where it may be empty.</summary>
    public bool Required { get; init; } = true;

    /// <summary>What to write there, in Chinese.</summary>
    public string? HintZh { get; init; }

    /// <summary>The same in English.</summary>
    public string? HintEn { get; init; }

    /// <summary>What may be chosen, for <see cref="ColumnKind.Choice"/>.</summary>
    public IReadOnlyList<CountyChoice> Choices { get; init; } = [];

    /// <summary>The largest number, for <see cref="ColumnKind.Number"/> and <see cref="ColumnKind.Points"/>.</summary>
    public int Most { get; init; } = 10_000;
}

/// <summary>One of what may be chosen.</summary>
public sealed record CountyChoice(string Value, string Zh, string En);

/// <summary>What may stand in a column.</summary>
public enum ColumnKind
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>A code that other files and all documents know the line by: it is given once and never changes.</summary>
    Code,

    /// <summary>Two, four or six digits; the code above it is a line of its own.</summary>
    CategoryCode,

    /// <summary>Follows from the code; nobody types it.</summary>
    Derived,

    /// <summary>A day such as 2026-10-01.</summary>
    Day,

    /// <summary>A whole number from 1.</summary>
    Number,

    /// <summary>A number with a point.</summary>
    Points,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>The code of an office.</summary>
    Office,

    /// <summary>The code of a township.</summary>
    Township,

    /// <summary>The code of a category.</summary>
    Category,

    /// <summary>Words with | between them.</summary>
    List,
}
