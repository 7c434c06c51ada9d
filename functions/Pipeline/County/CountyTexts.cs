namespace OpinionPipeline.Pipeline.County;

/// <summary>The texts of the county's files: as they were edited on the pages, and where nobody did, as they lie in the folder.</summary>
/// <param name="folder">A folder laid out like <c>seeds/</c>.</param>
/// <param name="edited">What was edited, by the file's name.</param>
public sealed class CountyTexts(string folder, IReadOnlyDictionary<string, string> edited)
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>The folder's alone.</summary>
    public CountyTexts(string folder)
        : this(folder, Nothing) { }

    /// <summary>What was edited, by the file's name.</summary>
    public IReadOnlyDictionary<string, string> Edited => edited;

    /// <summary>The text of a file; null where there is none.</summary>
    public string? Of(string file)
    {
        if (edited.TryGetValue(file, out var text))
            return text;
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    /// <summary>The same with other edits, instead of those there are.</summary>
    public CountyTexts Instead(IReadOnlyDictionary<string, string> others) => new(folder, others);

    /// <summary>The same with these files changed too.</summary>
    public CountyTexts With(IReadOnlyDictionary<string, string> changed)
    {
        var all = new Dictionary<string, string>(edited);
        foreach (var (file, text) in changed)
            all[file] = text;
        return new(folder, all);
    }

    /// <summary>The same with one file as it lies in the folder.</summary>
    public CountyTexts Without(string file) =>
        new(folder, edited.Where(e => e.Key != file).ToDictionary());

    /// <summary>The files that a county has.</summary>
    public static CountyTexts FromString(string folder) => new(folder);

    /// <summary>A folder is read as it lies there.</summary>
    public static implicit operator CountyTexts(string folder) => new(folder);
}
