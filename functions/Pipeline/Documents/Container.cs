namespace OpinionPipeline.Pipeline.Documents;

/// <summary>A named collection of documents of one type and the queries it answers.</summary>
/// <param name="Name">Lower-case name, the table's or Cosmos container's.</param>
/// <param name="Queries">Every query there is over it. Each makes an index of its own; others are not possible.</param>
public sealed record Container<T>(string Name, params IReadOnlyList<DocumentQuery> Queries)
    : IContainer
    where T : class, IDocument
{
    /// <summary>The same documents, read for a few of their fields: a list of thousands need not make a text of each.</summary>
    public Container<TFields> As<TFields>()
        where TFields : class, IDocument => new(Name, Queries);

    /// <inheritdoc/>
    public bool Expires => typeof(IExpiring).IsAssignableFrom(typeof(T));

    /// <inheritdoc/>
    public bool FoundById { get; init; }
}

/// <summary>What a store needs to know of a container to create it.</summary>
public interface IContainer
{
    /// <summary>The container's name.</summary>
    string Name { get; }

    /// <summary>The queries it answers.</summary>
    IReadOnlyList<DocumentQuery> Queries { get; }

    /// <summary>True where its documents carry a time to leave.</summary>
    bool Expires { get; }

    /// <summary>True where a document is looked for by its id alone, its partition unknown: that takes an index of its own.</summary>
    bool FoundById { get; }
}

/// <summary>
/// A query inside one partition: equality on some top-level fields, then an order by one.
/// Fields are JSON names (camelCase) of top-level strings, numbers, booleans or times.
/// </summary>
/// <param name="Name">Unique in the container.</param>
/// <param name="Equal">The fields compared for equality, in the order their values are given.</param>
/// <param name="OrderBy">
/// The field the answer is ordered by, ties broken by id; null orders by id. With <paramref name="AnyOf"/> it is a time, and
/// which of a tie comes first is not said.
/// </param>
/// <param name="Descending">Largest first.</param>
/// <param name="AnyOf">A top-level array of strings; the query gives documents in which any of the asked values stands.</param>
public sealed record DocumentQuery(
    string Name,
    IReadOnlyList<string> Equal,
    string? OrderBy = null,
    bool Descending = false,
    string? AnyOf = null
);
