namespace OpinionPipeline.Text;

/// <summary>How fine a place is; only <see cref="Village"/> and finer tell two matters apart.</summary>
public enum PlaceLevel
{
    /// <summary>A city, county or district.</summary>
    Area,

    /// <summary>乡、镇、街道.</summary>
    Township,

    /// <summary>村、社区.</summary>
    Village,

    /// <summary>A road, estate, school, hospital, river, plant …</summary>
    Site,

    /// <summary>A company or co-operative, wherever it sits: it tells matters apart as places do.</summary>
    Organisation,
}

/// <summary>A place named in a text.</summary>
/// <param name="Canonical">Its one name, whatever the text calls it.</param>
/// <param name="Start">Where the mention begins.</param>
/// <param name="Length">How long it is, in characters.</param>
/// <param name="Level">How fine it is.</param>
/// <param name="Known">True where the gazetteer has it; false where only its form says that it is a place.</param>
public sealed record PlaceMention(
    string Canonical,
    int Start,
    int Length,
    PlaceLevel Level,
    bool Known
)
{
    /// <summary>
    /// The name without what it ends with: 泉塘 of 泉塘小区 and of 泉塘镇. Null where fewer than two characters would be left,
    /// or a number.
    /// </summary>
    public string? Stem => PlaceWords.Stem(Canonical);

    /// <summary>True for a school that is called by its number alone, 一中 or 二小.</summary>
    public bool IsNumberAlone => !Known && SchoolNames.IsNumberAlone(Canonical);
}

/// <summary>A name the gazetteer knows, with its other names.</summary>
public sealed record GazetteerEntry(string Name, PlaceLevel Level, IReadOnlyList<string> Aliases);

/// <summary>
/// Finds places: first the gazetteer's names and aliases, the longest first; then names that only their last characters
/// (村, 小区, 路, 中学 …) give away. Thread-safe.
/// </summary>
public sealed class PlaceFinder
{
    /// <summary>By which schools, roads and villages of one name are told apart, beside digits.</summary>
    public const string Numerals = "一二三四五六七八九十";

    private readonly Node root = new();

    public PlaceFinder(IEnumerable<GazetteerEntry> gazetteer)
    {
        foreach (var entry in gazetteer)
        foreach (var name in entry.Aliases.Prepend(entry.Name))
            Add(name, entry);
    }

    /// <summary>The places in the order they stand; mentions do not overlap.</summary>
    public IReadOnlyList<PlaceMention> Find(string text)
    {
        var mentions = new List<PlaceMention>();
        var from = 0;
        for (var i = 0; i < text.Length; )
        {
            // 县二中 after a county's own name is that county's, not ours.
            if (
                Longest(text, i) is { } known
                && !(text[i] is '县' or '市' && i > 0 && char.IsAsciiLetterOrDigit(text[i - 1]))
            )
            {
                mentions.AddRange(Unlisted(text, from, i));
                mentions.Add(new(known.Entry.Name, i, known.Length, known.Entry.Level, true));
                i += known.Length;
                from = i;
            }
            else
            {
                i++;
            }
        }
        mentions.AddRange(Unlisted(text, from, text.Length));
        return mentions;
    }

    // What no list has: lines by their number, and between them names by their last characters.
    private static IEnumerable<PlaceMention> Unlisted(string text, int from, int to)
    {
        foreach (var line in LineNames.Find(text, from, to))
        {
            foreach (var place in PlacePatterns.Find(text, from, line.Start))
                yield return place;
            yield return line;
            from = line.Start + line.Length;
        }
        foreach (var place in PlacePatterns.Find(text, from, to))
            yield return place;
    }

    private void Add(string name, GazetteerEntry entry)
    {
        var node = root;
        foreach (var c in name)
        {
            if (!node.Next.TryGetValue(c, out var next))
                node.Next.Add(c, next = new());
            node = next;
        }
        node.Entry ??= entry;
    }

    private (GazetteerEntry Entry, int Length)? Longest(string text, int start)
    {
        (GazetteerEntry, int)? found = null;
        var node = root;
        for (var i = start; i < text.Length && node.Next.TryGetValue(text[i], out node!); i++)
            if (node.Entry is { } entry)
                found = (entry, i - start + 1);
        return found;
    }

    private sealed class Node
    {
        public Dictionary<char, Node> Next { get; } = [];
        public GazetteerEntry? Entry { get; set; }
    }
}
