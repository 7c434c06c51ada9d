namespace OpinionPipeline.Pipeline.Submissions.Reading;

/// <summary>One row of a file: a submission, or why there is none.</summary>
/// <param name="Number">As a spreadsheet or an editor counts: the header is row 1.</param>
public sealed record Row(
    int Number,
    NewSubmission? Submission,
    IReadOnlyList<Rejection> Rejections
);

/// <summary>Bounds that keep a file from taking the machine.</summary>
public sealed record ReadingLimits
{
    /// <summary>Longest field in characters, default 1 Mi.</summary>
    public int FieldLength { get; init; } = 1 << 20;

    /// <summary>Most columns, default 256.</summary>
    public int Columns { get; init; } = 256;

    /// <summary>Most bytes that a compressed file may unfold to, default 1 GiB.</summary>
    public long UnfoldedBytes { get; init; } = 1L << 30;

    /// <summary>Most bytes of a spreadsheet's table of shared strings, default 256 MiB.</summary>
    public long SharedStringBytes { get; init; } = 256L << 20;

    /// <summary>Deepest JSON, default 16.</summary>
    public int JsonDepth { get; init; } = 16;
}

/// <summary>The whole file cannot be read on; what came before stands.</summary>
public sealed class UnreadableFileException(Rejection rejection) : Exception(rejection.En)
{
    /// <summary>What is wrong, for whoever sent the file.</summary>
    public Rejection Rejection => rejection;

    public UnreadableFileException(string code, string zh, string en)
        : this(new Rejection(code, null, zh, en)) { }
}
