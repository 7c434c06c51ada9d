using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>A submission's text prepared for comparison: vectors with and without its places, and the places themselves.</summary>
public sealed record MatterText(
    string Compact,
    IReadOnlySet<ulong> Shingles,
    SparseVector Title,
    SparseVector Problem,
    IReadOnlyList<PlaceMention> Places,
    IReadOnlyList<string> Terms
);

/// <summary>Prepares texts. Thread-safe; holds the county's gazetteer and the language's term weights.</summary>
public sealed partial class MatterReader(PlaceFinder places, TermWeights weights)
{
    private const int DistinctiveTerms = 10;

    /// <summary>Texts kept ready; a recurring matter's members are compared again and again.</summary>
    private const int MostKept = 4_000;

    private readonly ConcurrentDictionary<string, MatterText> kept = [];
    private readonly ConcurrentQueue<string> order = [];

    /// <summary>Reads a submission's title, text and the place the sender gave. A masked text never changes, so it is kept by its id.</summary>
    public MatterText Read(string id, string title, string body, string? place)
    {
        if (kept.TryGetValue(id, out var known))
            return known;
        var read = Read(title, body, place);
        if (kept.TryAdd(id, read))
            order.Enqueue(id);
        while (kept.Count > MostKept && order.TryDequeue(out var oldest))
            kept.TryRemove(oldest, out _);
        return read;
    }

    /// <summary>Reads title, text and the place the sender gave.</summary>
    public MatterText Read(string title, string body, string? place)
    {
        var compactTitle = WithoutPlaces(title, places.Find(title));
        var compact = Normalization.Compact(title + body);
        var found = places.Find($"{title}\n{body}\n{place}");
        var problem = SparseVector.TfIdf(WithoutPlaces($"{title}\n{body}", found), weights);
        return new(
            compact,
            Shingles.Of(Normalization.Compact(body)),
            SparseVector.TfIdf(compactTitle, weights),
            problem,
            found,
            [.. problem.Top(DistinctiveTerms)]
        );
    }

    private static string WithoutPlaces(string text, IReadOnlyList<PlaceMention> found)
    {
        var kept = text.ToCharArray();
        foreach (var mention in found)
            if (mention.Start + mention.Length <= kept.Length)
                kept.AsSpan(mention.Start, mention.Length).Fill(' ');
        return Normalization.Compact(Stock().Replace(new string(kept), " "));
    }

    // What people begin and end any message with says nothing of its matter.
    [GeneratedRegex(
        "关于|反映|投诉|咨询|举报|质疑|建议|请求|恳请|恳求|强烈|要求|希望|盼望|求助|请问|你好|您好|尊敬的|领导|有关部门|相关部门|相关|的?问题|的?情况|谢谢|感谢|解决|尽快"
    )]
    private static partial Regex Stock();
}
