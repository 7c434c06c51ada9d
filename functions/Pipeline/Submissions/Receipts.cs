using System.Text;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>回执: what somebody with the code may know, and nothing else.</summary>
public sealed class Receipts(IDocumentStore store)
{
    /// <summary>The id of a code's entry; the code itself is not stored as a key.</summary>
    public static string EntryId(string code) => SubmissionId.Hash("receipt\n" + Compact(code), 26);

    /// <summary>The submission of a code typed in any usual way (case, spaces, dashes, O for 0), or null.</summary>
    public async Task<Submission?> FindAsync(string code, CancellationToken cancellation)
    {
        var id = EntryId(code);
        var entry = await store.ReadAsync(Containers.Receipts, id, id, cancellation);
        return entry is null
            ? null
            : await store.SubmissionAsync(entry.Document.SubmissionId, cancellation);
    }

    /// <summary>The newest answer to a submission: its own, else its issue's.</summary>
    public static Reply? ReplyTo(Submission submission, Issue? issue) =>
        submission.Reply ?? (issue?.Replies is { Count: > 0 } replies ? replies[^1] : null);

    private static string Compact(string code)
    {
        var compact = new StringBuilder(16);
        foreach (var c in OpinionPipeline.Text.Normalization.Normalize(code).ToUpperInvariant())
            if (char.IsAsciiLetterOrDigit(c))
                compact.Append(
                    c switch
                    {
                        'O' => '0',
                        'I' or 'L' => '1',
                        _ => c,
                    }
                );
        return compact.ToString();
    }
}
