namespace OpinionPipeline.Pipeline.Documents;

/// <summary>
/// What the product asks of a database: point reads, conditional writes, and the named queries of a
/// <see cref="Container{T}"/>, each inside one partition. Every implementation passes the same contract tests.
/// </summary>
public interface IDocumentStore
{
    /// <summary>The document, or null where there is none (or it has expired).</summary>
    Task<Stored<T>?> ReadAsync<T>(
        Container<T> container,
        string partition,
        string id,
        CancellationToken cancellation
    )
        where T : class, IDocument;

    /// <summary>
    /// The documents of that id, whatever partition they lie in, of a container that says
    /// <see cref="IContainer.FoundById"/>. It asks all of them: for the rare case in which a step that was cut short looks
    /// for what it left.
    /// </summary>
    Task<IReadOnlyList<Stored<T>>> FindAsync<T>(
        Container<T> container,
        string id,
        CancellationToken cancellation
    )
        where T : class, IDocument;

    /// <summary>
    /// Writes each on its own, in order, and says what became of each; they are not one transaction,
    /// only one round trip. When the call returns, what is <see cref="WriteStatus.Done"/> is durable.
    /// </summary>
    Task<IReadOnlyList<WriteResult>> WriteAsync(
        IReadOnlyList<Write> writes,
        CancellationToken cancellation
    );

    /// <summary>One page of a named query.</summary>
    Task<Page<T>> QueryAsync<T>(Query<T> query, CancellationToken cancellation)
        where T : class, IDocument;

    /// <summary>How many documents a named query has in all, disregarding its limit and place.</summary>
    Task<long> CountAsync<T>(Query<T> query, CancellationToken cancellation)
        where T : class, IDocument;

    /// <summary>
    /// Every document of a container, partition by partition. Only for verification, backup and migration:
    /// it reads everything.
    /// </summary>
    IAsyncEnumerable<Stored<T>> ScanAsync<T>(Container<T> container, CancellationToken cancellation)
        where T : class, IDocument;
}

/// <summary>A named query with its values.</summary>
public sealed record Query<T>(Container<T> Container, string Name, string Partition)
    where T : class, IDocument
{
    /// <summary>Values for the query's <see cref="DocumentQuery.Equal"/> fields, in their order: string, bool, long.</summary>
    public IReadOnlyList<object> Equal { get; init; } = [];

    /// <summary>Values for the query's <see cref="DocumentQuery.AnyOf"/> field; at most 64.</summary>
    public IReadOnlyList<string> AnyOf { get; init; } = [];

    /// <summary>Smallest value of the order field, included.</summary>
    public object? From { get; init; }

    /// <summary>Upper bound of the order field, excluded.</summary>
    public object? To { get; init; }

    /// <summary>At most so many documents; default 100.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>A <see cref="Page{T}.Next"/> to go on from.</summary>
    public string? After { get; init; }

    /// <summary>The answer may miss what was written in the last moments; a store may then read more cheaply.</summary>
    public bool MayLag { get; init; }

    /// <summary>The query's definition.</summary>
    /// <exception cref="ArgumentException">The container has no query of that name.</exception>
    public DocumentQuery Definition =>
        Container.Queries.FirstOrDefault(q => q.Name == Name)
        ?? throw new ArgumentException($"{Container.Name} has no query '{Name}'.");
}

/// <summary>A page of documents and, where there are more, the opaque place to go on from.</summary>
public sealed record Page<T>(IReadOnlyList<Stored<T>> Items, string? Next)
    where T : class, IDocument;

/// <summary>One write. Make them with <see cref="Writes"/>.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Container">Where.</param>
/// <param name="Partition">The document's partition.</param>
/// <param name="Id">The document's id.</param>
/// <param name="Document">The new content; null to delete.</param>
/// <param name="ETag">The version that must still stand; null for any.</param>
public sealed record Write(
    WriteKind Kind,
    IContainer Container,
    string Partition,
    string Id,
    IDocument? Document,
    string? ETag
);

/// <summary>The kinds of write.</summary>
public enum WriteKind
{
    /// <summary>Only if there is no such document.</summary>
    Create,

    /// <summary>Only if there is one, and its ETag matches.</summary>
    Replace,

    /// <summary>Whatever is there.</summary>
    Put,

    /// <summary>Away with it; already gone counts as done.</summary>
    Delete,
}

/// <summary>What became of a write.</summary>
public enum WriteStatus
{
    /// <summary>Written.</summary>
    Done,

    /// <summary>Not created: there is one already.</summary>
    Exists,

    /// <summary>Not written: somebody else changed it since.</summary>
    Changed,

    /// <summary>Not replaced: there is none.</summary>
    Missing,
}

/// <summary>The status and, where something was written, its new version.</summary>
public readonly record struct WriteResult(WriteStatus Status, string? ETag)
{
    /// <summary>True where the write took place.</summary>
    public bool IsDone => Status == WriteStatus.Done;
}
