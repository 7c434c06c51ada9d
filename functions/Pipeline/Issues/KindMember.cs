using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>An issue in its kind's partition, with what it counts for there as it was when it joined.</summary>
/// <param name="Id">The issue.</param>
/// <param name="Source">Its place; where none is known, the station it came from.</param>
public sealed record KindMember(
    string Id,
    string KindId,
    DateTimeOffset FirstSeen,
    string? Category,
    string Source
) : IDocument
{
    /// <inheritdoc/>
    public string Partition => KindId;

    /// <summary>The entry of that issue.</summary>
    public static KindMember Of(Issue issue, string kindId) =>
        new(
            issue.Id,
            kindId,
            issue.FirstSeen,
            issue.Category,
            issue.Place ?? issue.Stations.FirstOrDefault(issue.Id)
        );
}
