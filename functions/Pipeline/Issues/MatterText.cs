using System.Text.RegularExpressions;
using OpinionPipeline.Model;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>A submission's text prepared for comparison, each piece when it is first asked for.</summary>
/// <param name="title">As it was stored.</param>
/// <param name="body">As it was stored.</param>
/// <param name="place">The place the sender gave.</param>
/// <param name="finder">Finds places.</param>
/// <param name="by">What is known of the language.</param>
public sealed partial class MatterText(
    string title,
    string body,
    string? place,
    PlaceFinder finder,
    Language by
)
{
    private const int DistinctiveTerms = 10;
    private const int OfTitle = 4;

    private string? compact;
    private string? compactTitle;
    private ulong[]? shingles;
    private ulong[]? bands;
    private IReadOnlyList<PlaceMention>? places;
    private NamedPlaces? named;
    private NamedPlaces? namedInTitle;
    private IReadOnlySet<string>? yearsInTitle;
    private MatterPart? titlePart;
    private MatterPart? problem;
    private MatterPart? heading;
    private MatterPart? whole;
    private IReadOnlyList<string>? terms;

    /// <summary>Title and text without punctuation: equal ones are one text.</summary>
    public string Compact => compact ??= Normalization.Compact(title + body);

    /// <summary>The title alone without punctuation.</summary>
    public string CompactTitle => compactTitle ??= Normalization.Compact(title);

    /// <summary>The text's.</summary>
    public ulong[] Shingles => shingles ??= Text.Shingles.Of(Normalization.Compact(body));

    /// <summary>The bands of the text's sketch, see <see cref="MinHash"/>; asked for twice, to find others and to be found.</summary>
    public IReadOnlyList<ulong> Bands => bands ??= MinHash.Bands(Shingles);

    /// <summary>Every mention, in the order title, text, the place the sender gave.</summary>
    public IReadOnlyList<PlaceMention> Places =>
        places ??= finder.Find($"{title}\n{body}\n{place}");

    /// <summary>The places by their kinds.</summary>
    public NamedPlaces Named => named ??= new(Places);

    /// <summary>Those that the title names.</summary>
    public NamedPlaces NamedInTitle =>
        namedInTitle ??= new(Places.TakeWhile(p => p.Start < title.Length));

    /// <summary>The years that the title names.</summary>
    public IReadOnlySet<string> YearsInTitle =>
        yearsInTitle ??= Years().Matches(title).Select(m => m.Value).ToHashSet();

    /// <summary>The title, places left out.</summary>
    public MatterPart Title => titlePart ??= new(WithoutPlaces(title), by);

    /// <summary>Title and text, places left out.</summary>
    public MatterPart Problem => problem ??= new(WithoutPlaces($"{title}\n{body}"), by);

    /// <summary>The title as it stands.</summary>
    public MatterPart Heading => heading ??= new(Plain(title), by);

    /// <summary>Title and text as they stand.</summary>
    public MatterPart Whole => whole ??= new(Plain($"{title}\n{body}"), by);

    /// <summary>
    /// The rarest pairs of the title, then those of the whole problem that other texts have too: what stands in one text
    /// alone, and most of what is rarest does, finds nothing.
    /// </summary>
    public IReadOnlyList<string> Terms =>
        terms ??= [
            .. Title
                .Words.Top(OfTitle)
                .Concat(Problem.Words.Top(DistinctiveTerms, known: true))
                .Concat(Problem.Words.Top(DistinctiveTerms))
                .Distinct()
                .Take(DistinctiveTerms),
        ];

    /// <summary>True where title, text or the sender's place has this name of a place, whatever stands behind it.</summary>
    public bool Writes(string stem) =>
        Compact.Contains(stem, StringComparison.Ordinal) || Named.Stems.Contains(stem);

    /// <summary>How rare the rarest pair of a name is.</summary>
    public float Rarity(string name) =>
        Enumerable.Range(0, name.Length - 1).Max(i => (float)by.Weights.Idf(name.Substring(i, 2)));

    private static string Plain(string text) => Normalization.Compact(Stock().Replace(text, " "));

    private string WithoutPlaces(string text)
    {
        var kept = text.ToCharArray();
        foreach (var mention in Places)
            if (mention.Start + mention.Length <= kept.Length)
                kept.AsSpan(mention.Start, mention.Length).Fill(' ');
        return Plain(new string(kept));
    }

    // 2013年, 2012届, and 2011 alone; not 2000元 nor 2010号.
    [GeneratedRegex(
        @"(?<![\d.])(?:199|20[0-4])\d(?![\d.%多余元块万人户个名家亩米平方吨公斤号栋路])"
    )]
    private static partial Regex Years();

    // What people begin and end any message with says nothing of its matter, nor does who they are.
    [GeneratedRegex(
        "〔[^〕]{1,6}〕|我叫|身份证号?|联系电话|电话|手机号?|关于|反映|投诉|咨询|举报|质疑|建议|请求|恳请|恳求|强烈|要求|希望|盼望|求助|请问|你好|您好|尊敬的|领导|有关部门|相关部门|相关|的?问题|的?情况|谢谢|感谢|解决|尽快"
    )]
    private static partial Regex Stock();
}

/// <summary>
/// A part of a text by its words and by its meaning; the meaning is worked out when first asked for: most candidates are
/// told apart before.
/// </summary>
/// <param name="compact">The part, without punctuation.</param>
/// <param name="by">What is known of the language.</param>
public sealed class MatterPart(string compact, Language by)
{
    private float[]? meaning;
    private float? crowding;

    /// <summary>Its pairs of characters by rarity.</summary>
    public SparseVector Words { get; } = SparseVector.TfIdf(compact, by.Weights);

    /// <summary>Its length in characters.</summary>
    public int Length { get; } = compact.Length;

    /// <summary>Where it lies among meanings.</summary>
    public float[] Meaning => meaning ??= by.Vectors.Embed(Words);

    /// <summary>How near others stand to it, see <see cref="Background"/>.</summary>
    public float Crowding => crowding ??= by.Background.Crowding(Words);
}

/// <summary>Prepares texts. Thread-safe.</summary>
/// <param name="places">Finds the places of the county as it is now; after a change all texts are read anew.</param>
/// <param name="language">What is known of the language now; another one after a training makes all texts read anew.</param>
public sealed class MatterReader(Func<PlaceFinder> places, Func<Language> language)
{
    /// <summary>Texts kept ready, some 15 kB each; a recurring matter's members are compared again and again.</summary>
    private const int MostKept = 6_000;

    private readonly Lock turn = new();
    private readonly LastKept<string, Kept> kept = new(MostKept);

    /// <summary>
    /// Reads a submission's title, text and the place the sender gave. A masked text never changes, so it is kept by its id:
    /// one that others will be compared with soon at once, any other when it is read again.
    /// </summary>
    public MatterText Read(string id, string title, string body, string? place, bool soon = false)
    {
        var (by, finder) = (language(), places());
        lock (turn)
            if (kept.Find(id) is { } known && known.By == by && known.Places == finder)
                return known.Text;
        var read = new MatterText(title, body, place, finder, by);
        lock (turn)
            if (soon)
                kept.Keep(id, new(by, finder, read));
            else
                kept.KeepIfAskedAgain(id, new(by, finder, read));
        return read;
    }

    /// <summary>Reads title, text and the place the sender gave.</summary>
    public MatterText Read(string title, string body, string? place) =>
        new(title, body, place, places(), language());

    private sealed record Kept(Language By, PlaceFinder Places, MatterText Text);
}
