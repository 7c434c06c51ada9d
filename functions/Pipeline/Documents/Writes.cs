namespace OpinionPipeline.Pipeline.Documents;

/// <summary>Makes writes, and carries out the common single ones.</summary>
public static class Writes
{
    /// <summary>Create if absent.</summary>
    public static Write Create<T>(this Container<T> container, T document)
        where T : class, IDocument =>
        new(WriteKind.Create, container, document.Partition, document.Id, document, null);

    /// <summary>Replace if the version still stands.</summary>
    public static Write Replace<T>(this Container<T> container, T document, string etag)
        where T : class, IDocument =>
        new(WriteKind.Replace, container, document.Partition, document.Id, document, etag);

    /// <summary>Write whatever is there.</summary>
    public static Write Put<T>(this Container<T> container, T document)
        where T : class, IDocument =>
        new(WriteKind.Put, container, document.Partition, document.Id, document, null);

    /// <summary>Delete, whatever its version.</summary>
    public static Write Delete<T>(this Container<T> container, string partition, string id)
        where T : class, IDocument => new(WriteKind.Delete, container, partition, id, null, null);

    /// <summary>One write.</summary>
    public static async Task<WriteResult> WriteAsync(
        this IDocumentStore store,
        Write write,
        CancellationToken cancellation
    ) => (await store.WriteAsync([write], cancellation))[0];

    /// <summary>
    /// Reads, changes and writes back until nobody came in between. Where <paramref name="change"/> gives back
    /// the same instance, nothing is written.
    /// </summary>
    /// <returns>The document as it now stands, or null where there is none.</returns>
    public static async Task<T?> UpdateAsync<T>(
        this IDocumentStore store,
        Container<T> container,
        string partition,
        string id,
        Func<T, T> change,
        CancellationToken cancellation
    )
        where T : class, IDocument
    {
        while (true)
        {
            var stored = await store.ReadAsync(container, partition, id, cancellation);
            if (stored is null)
                return null;
            var changed = change(stored.Document);
            if (ReferenceEquals(changed, stored.Document))
                return changed;
            var result = await store.WriteAsync(
                container.Replace(changed, stored.ETag),
                cancellation
            );
            if (result.IsDone)
                return changed;
        }
    }

    /// <summary>All pages of a query, one after the other.</summary>
    public static async IAsyncEnumerable<T> AllAsync<T>(
        this IDocumentStore store,
        Query<T> query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
        where T : class, IDocument
    {
        while (true)
        {
            var page = await store.QueryAsync(query, cancellation);
            foreach (var item in page.Items)
                yield return item.Document;
            if (page.Next is null)
                yield break;
            query = query with { After = page.Next };
        }
    }
}
