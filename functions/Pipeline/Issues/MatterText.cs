using System.Text.RegularExpressions;
using OpinionPipeline.Model;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>A submission's text prepared for comparison.</summary>
/// <param name="Compact">Title and text without punctuation: equal ones are one text.</param>
/// <param name="Shingles">The text's.</param>
/// <param name="Title">The title, places left out.</param>
/// <param name="Problem">Title and text, places left out.</param>
/// <param name="Heading">The title as it stands.</param>
/// <param name="Whole">Title and text as they stand.</param>
/// <param name="Places">Every mention, in the order title, text, the place the sender gave.</param>
public sealed record MatterText(
    string Compact,
    ulong[] Shingles,
    MatterPart Title,
    MatterPart Problem,
    MatterPart Heading,
    MatterPart Whole,
    IReadOnlyList<PlaceMention> Places
)
{
    private const int DistinctiveTerms = 10;
    private const int OfTitle = 4;

    private IReadOnlyList<string>? terms;
    private ulong[]? bands;
    private NamedPlaces? named;
    private NamedPlaces? namedInTitle;

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

    /// <summary>The bands of the text's sketch, see <see cref="MinHash"/>; asked for twice, to find others and to be found.</summary>
    public IReadOnlyList<ulong> Bands => bands ??= MinHash.Bands(Shingles);

    /// <summary>How many of <see cref="Places"/> the title names.</summary>
    public required int PlacesInTitle { get; init; }

    /// <summary>The places by their kinds.</summary>
    public NamedPlaces Named => named ??= new(Places);

    /// <summary>Those of the title.</summary>
    public NamedPlaces NamedInTitle => namedInTitle ??= new(Places.Take(PlacesInTitle));
}

/// <summary>
/// A part of a text by its words and by its meaning, each worked out when first asked for: most candidates are told apart
/// before.
/// </summary>
/// <param name="part">Gives the part, without punctuation.</param>
/// <param name="by">What is known of the language.</param>
public sealed class MatterPart(Func<string> part, Language by)
{
    private SparseVector? words;
    private float[]? meaning;
    private float? crowding;

    /// <summary>Its pairs of characters by rarity.</summary>
    public SparseVector Words => words ??= SparseVector.TfIdf(part(), by.Weights);

    /// <summary>Where it lies among meanings.</summary>
    public float[] Meaning => meaning ??= by.Vectors.Embed(Words);

    /// <summary>How near others stand to it, see <see cref="Background"/>.</summary>
    public float Crowding => crowding ??= by.Background.Crowding(Words);

    /// <summary>Its length in characters.</summary>
    public int Length => Words.Characters;
}

/// <summary>Prepares texts. Thread-safe.</summary>
/// <param name="places">Finds the places of the county as it is now; after a change all texts are read anew.</param>
/// <param name="language">What is known of the language now; another one after a training makes all texts read anew.</param>
public sealed partial class MatterReader(Func<PlaceFinder> places, Func<Language> language)
{
    /// <summary>Texts kept ready; a recurring matter's members are compared again and again.</summary>
    private const int MostKept = 12_000;

    private readonly Lock turn = new();
    private readonly LastKept<string, Kept> kept = new(MostKept);

    /// <summary>Reads a submission's title, text and the place the sender gave. A masked text never changes, so it is kept by its id.</summary>
    public MatterText Read(string id, string title, string body, string? place)
    {
        var (by, finder) = (language(), places());
        lock (turn)
            if (kept.Find(id) is { } known && known.By == by && known.Places == finder)
                return known.Text;
        var read = Read(by, finder, title, body, place);
        lock (turn)
            kept.Keep(id, new(by, finder, read));
        return read;
    }

    /// <summary>Reads title, text and the place the sender gave.</summary>
    public MatterText Read(string title, string body, string? place) =>
        Read(language(), places(), title, body, place);

    private static MatterText Read(
        Language by,
        PlaceFinder finder,
        string title,
        string body,
        string? place
    )
    {
        var found = finder.Find($"{title}\n{body}\n{place}");
        var all = $"{title}\n{body}";
        return new(
            Normalization.Compact(title + body),
            Shingles.Of(Normalization.Compact(body)),
            new(() => WithoutPlaces(title, found), by),
            new(() => WithoutPlaces(all, found), by),
            new(() => Plain(title), by),
            new(() => Plain(all), by),
            found
        )
        {
            PlacesInTitle = found.TakeWhile(p => p.Start < title.Length).Count(),
        };
    }

    private static string Plain(string text) => Normalization.Compact(Stock().Replace(text, " "));

    private static string WithoutPlaces(string text, IReadOnlyList<PlaceMention> found)
    {
        var kept = text.ToCharArray();
        foreach (var mention in found)
            if (mention.Start + mention.Length <= kept.Length)
                kept.AsSpan(mention.Start, mention.Length).Fill(' ');
        return Plain(new string(kept));
    }

    private sealed record Kept(Language By, PlaceFinder Places, MatterText Text);

    // What people begin and end any message with says nothing of its matter, nor does who they are.
    [GeneratedRegex(
        "〔[^〕]{1,6}〕|我叫|身份证号?|联系电话|电话|手机号?|关于|反映|投诉|咨询|举报|质疑|建议|请求|恳请|恳求|强烈|要求|希望|盼望|求助|请问|你好|您好|尊敬的|领导|有关部门|相关部门|相关|的?问题|的?情况|谢谢|感谢|解决|尽快"
    )]
    private static partial Regex Stock();
}
