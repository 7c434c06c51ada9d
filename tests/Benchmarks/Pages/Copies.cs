using System.Text.Json;
using System.Text.RegularExpressions;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Benchmarks.Pages;

/// <summary>
/// Makes a filled store many times as large: every document again under another id, and what it names with it. The
/// copies are what the flow writes, without the hours that it takes; their receipts are the originals'.
/// </summary>
internal static partial class Copies
{
    // Of ids: the letters of SubmissionId.
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int AtOnce = 500;

    /// <summary>Adds so many copies, at most 31.</summary>
    public static async Task AddAsync(
        IDocumentStore store,
        int copies,
        CancellationToken cancellation
    )
    {
        await AddAsync(store, Containers.Submissions, copies, cancellation);
        await AddAsync(store, Containers.Private, copies, cancellation);
        await AddAsync(store, Containers.Fingerprints, copies, cancellation);
        await AddAsync(store, Containers.Issues, copies, cancellation);
        await AddAsync(store, Containers.Members, copies, cancellation);
        await AddAsync(store, Containers.Kinds, copies, cancellation);
        await AddAsync(store, Containers.Forums, copies, cancellation);
        await AddAsync(store, Containers.ForumItems, copies, cancellation);
        await AddAsync(store, Containers.Reports, copies, cancellation);
    }

    private static async Task AddAsync<T>(
        IDocumentStore store,
        Container<T> container,
        int copies,
        CancellationToken cancellation
    )
        where T : class, IDocument
    {
        var originals = await store
            .ScanAsync(container, cancellation)
            .Select(s => JsonSerializer.Serialize(s.Document, DocumentJson.Options))
            .ToListAsync(cancellation);
        for (var copy = 1; copy <= copies; copy++)
            foreach (var some in originals.Chunk(AtOnce))
                await store.WriteAsync(
                    [
                        .. some.Select(json =>
                                JsonSerializer.Deserialize<T>(
                                    Other(json, copy),
                                    DocumentJson.Options
                                )!
                            )
                            .Select(container.Put),
                    ],
                    cancellation
                );
        Console.WriteLine($"{container.Name}: {originals.Count * (copies + 1):N0}");
    }

    private static string Other(string json, int copy) =>
        Id()
            .Replace(
                json,
                id =>
                    id.Value[..7]
                    + Letters[(Letters.IndexOf(id.Value[7]) + copy) % 32]
                    + id.Value[8..]
            );

    [GeneratedRegex("[0-9]{6}-[0-9A-HJKMNP-TV-Z]{16}")]
    private static partial Regex Id();
}
