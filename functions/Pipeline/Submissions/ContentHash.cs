using System.Text.Json;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>Tells whether a key is sent again with the same content, and makes keys for rows that have none.</summary>
public static class ContentHash
{
    /// <summary>A hash of everything the sender gave.</summary>
    public static string Of(NewSubmission submission) =>
        SubmissionId.Hash(JsonSerializer.Serialize(submission, DocumentJson.Options), 26);
}

/// <summary>
/// Keys for the rows of a file, so that the same file sent twice changes nothing: a row's content, and how often the
/// same content has already stood in this file.
/// </summary>
public sealed class RowKeys
{
    private readonly Dictionary<string, int> seen = [];

    /// <summary>The key of the next row. Rows must come in the file's order.</summary>
    public string Next(NewSubmission submission)
    {
        var hash = ContentHash.Of(submission);
        var times = seen[hash] = seen.GetValueOrDefault(hash) + 1;
        return $"row:{hash}:{times}";
    }
}
