using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Digests;

/// <summary>分类摘编: what concerns one office in one period, a line an issue.</summary>
public sealed record Digest : IDocument
{
    /// <summary><c>D-office-yyyyMMdd</c>, the day the period ends.</summary>
    public required string Id { get; init; }
    public required string Office { get; init; }

    /// <inheritdoc/>
    public string Partition => Office;
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the period, excluded.</summary>
    public required DateTimeOffset To { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Ordered by section (new, continuing, overdue), then category, then count. Numbers run from 1.</summary>
    public required IReadOnlyList<DigestItem> Items { get; init; }

    /// <summary>Issues that did not fit.</summary>
    public int Left { get; init; }
}

/// <summary>A digest as lists show it: what it says, half a megabyte for a busy office, is not read.</summary>
public sealed record DigestHead : IDocument
{
    public required string Id { get; init; }
    public required string Office { get; init; }
    public string Partition => Office;
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
    public required IReadOnlyList<Line> Items { get; init; }

    /// <summary>An item by its number alone.</summary>
    public sealed record Line(int Number);
}

/// <summary>One issue in a digest.</summary>
public sealed record DigestItem
{
    public required int Number { get; init; }
    public required DigestSection Section { get; init; }
    public required string Category { get; init; }
    public required string IssueId { get; init; }
    public required string Title { get; init; }

    /// <summary>Quoted from members, each with its source.</summary>
    public IReadOnlyList<Quote> Summary { get; init; } = [];

    /// <summary>Submissions in the period, duplicates included: 等12件.</summary>
    public required int InPeriod { get; init; }

    /// <summary>Submissions in all.</summary>
    public required int Count { get; init; }
    public required IReadOnlyList<string> Stations { get; init; }
    public required DateTimeOffset FirstSeen { get; init; }
    public required bool Recurring { get; init; }

    /// <summary>The office's last answer when the digest is read.</summary>
    public Reply? Reply { get; init; }
}

/// <summary>The parts of a digest.</summary>
public enum DigestSection
{
    New,
    Continuing,
    Overdue,
}
