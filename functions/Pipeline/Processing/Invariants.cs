using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Photos;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Processing;

/// <summary>What must hold in every store at rest. Each fault is a sentence that names the document.</summary>
public sealed class Invariants(IDocumentStore store, Vault vault, PhotoDesk photos)
{
    /// <summary>The faults; none where all is well. Reads everything once.</summary>
    public async IAsyncEnumerable<string> CheckAsync(
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        // A receipt's entry without its submission is no fault: a crash came before the sender was answered, who sends it again.
        await foreach (var stored in store.ScanAsync(Containers.Submissions, cancellation))
        {
            var s = stored.Document;
            await foreach (var fault in CheckAsync(s, cancellation))
                yield return $"submission {s.Id}: {fault}";
        }

        await foreach (var stored in store.ScanAsync(Containers.Issues, cancellation))
        {
            var issue = stored.Document;
            var members = await store.CountAsync(
                new Query<Member>(Containers.Members, "bySaidAt", issue.Id),
                cancellation
            );
            if (issue.MergedInto is not null && members > 0)
                yield return $"issue {issue.Id}: merged into {issue.MergedInto} and still has {members} members";
            else if (members != issue.Count)
                yield return $"issue {issue.Id}: says it has {issue.Count} members and has {members}";
        }

        await foreach (var stored in store.ScanAsync(Containers.Members, cancellation))
        {
            var member = stored.Document;
            var submission = await ReadAsync(Containers.Submissions, member.Id, cancellation);
            if (submission is null)
                yield return $"member {member.Id} of issue {member.IssueId}: there is no such submission";
            else if (submission.IssueId != member.IssueId)
                yield return $"member {member.Id}: stands in issue {member.IssueId}, its submission says {submission.IssueId}";
        }

        var numbers = new Dictionary<string, string>();
        await foreach (var stored in store.ScanAsync(Containers.Reports, cancellation))
        {
            if (
                stored.Document is { Number: { } number, Id: var id }
                && !numbers.TryAdd(number, id)
            )
                yield return $"report {id}: has the number {number}, which report {numbers[number]} has";
            foreach (
                var sentence in stored
                    .Document.Sections.Where(s => s.Key != "sources")
                    .SelectMany(s => s.Sentences)
            )
                if (
                    sentence.SubmissionId is { } source
                    && (
                        await ReadAsync(Containers.Submissions, source, cancellation)
                    )?.Body.Contains(sentence.Quoted ?? sentence.Text, StringComparison.Ordinal)
                        != true
                )
                    yield return $"report {stored.Document.Id}: the sentence \"{sentence.Quoted ?? sentence.Text}\" does not stand in submission {source}";
        }

        // Each edition was made where the one before it stood; one that is gone cannot be gone back to.
        var editions = new HashSet<int>();
        await foreach (var stored in store.ScanAsync(Containers.County, cancellation))
            editions.Add(stored.Document.Number);
        for (var number = 1; number <= editions.Count; number++)
            if (!editions.Contains(number))
                yield return $"county: edition {number} is missing";
    }

    private async IAsyncEnumerable<string> CheckAsync(
        Submission s,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        if (
            Receipts.EntryId(s.Receipt) is var entry
            && (await store.ReadAsync(Containers.Receipts, entry, entry, cancellation))
                ?.Document
                .SubmissionId != s.Id
        )
            yield return "its receipt does not lead to it";
        if (
            await store.ReadAsync(Containers.Private, s.Partition, s.Id, cancellation) is { } record
            && !Opens(record.Document)
        )
            yield return "its private record cannot be opened with this key";
        foreach (var photo in photos.Of(s))
            if (!await OpensAsync(s, photo, cancellation))
                yield return $"its photo {photo.Name} is missing or cannot be opened with this key: remove it";
        if (s.Status == SubmissionStatus.Processed)
        {
            if (s.Pending is not null)
                yield return "is processed and still owes a message";
            if (s.IssueId is null)
                yield return "is processed and has no issue";
            else if (
                await store.ReadAsync(Containers.Members, s.IssueId, s.Id, cancellation) is null
            )
                yield return $"is no member of its issue {s.IssueId}";
        }
        else if (s.Pending is null)
        {
            yield return "is not processed and owes no message: nobody will work it off";
        }
        if (
            s.DuplicateOf is { } original
            && await ReadAsync(Containers.Submissions, original, cancellation) is null
        )
            yield return $"repeats {original}, which does not exist";
    }

    private bool Opens(PrivateRecord record)
    {
        try
        {
            vault.Open(record.Cipher, record.Id);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private async Task<bool> OpensAsync(
        Submission submission,
        Photo photo,
        CancellationToken cancellation
    )
    {
        try
        {
            return await photos.OpenAsync(submission, photo.Name, cancellation) is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private async Task<Submission?> ReadAsync(
        Container<Submission> container,
        string id,
        CancellationToken cancellation
    ) => (await store.ReadAsync(container, SubmissionId.Partition(id), id, cancellation))?.Document;
}
