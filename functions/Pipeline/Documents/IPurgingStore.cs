namespace OpinionPipeline.Pipeline.Documents;

/// <summary>A store in which what has expired can be read no more, and stays on disk until it is purged.</summary>
public interface IPurgingStore
{
    /// <summary>Deletes what has expired, at most <paramref name="most"/> documents a container.</summary>
    /// <returns>How many went.</returns>
    Task<int> PurgeExpiredAsync(
        IReadOnlyList<IContainer> containers,
        int most,
        CancellationToken cancellation
    );
}
