namespace OpinionPipeline.Pipeline.Documents;

/// <summary>
/// A JSON document of the store. <see cref="Id"/> is unique inside its <see cref="Partition"/>;
/// neither contains <c>/ \ ? # %</c>, which Cosmos DB forbids in ids.
/// </summary>
public interface IDocument
{
    /// <summary>The id, unique in the partition.</summary>
    string Id { get; }

    /// <summary>The partition key's value.</summary>
    string Partition { get; }
}

/// <summary>A document that leaves the store by itself once its time has come.</summary>
public interface IExpiring
{
    /// <summary>The moment from which the document is gone; null keeps it.</summary>
    DateTimeOffset? ExpiresAt { get; }
}

/// <summary>A document as it was read, with the version that a conditional write must match.</summary>
public sealed record Stored<T>(T Document, string ETag)
    where T : class, IDocument;
