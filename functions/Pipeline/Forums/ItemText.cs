using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Forums;

/// <summary>
/// The unmasked text of an item lies sealed until the item is a submission, which has a record of its own.
/// </summary>
internal sealed class ItemText(
    IDocumentStore store,
    Vault vault,
    RetentionOptions retention,
    TimeProvider time
)
{
    public async Task<PrivateContent> ReadAsync(ForumItem item, CancellationToken cancellation)
    {
        var id = Id(item);
        var record = await store.ReadAsync(
            Containers.Private,
            SubmissionId.Partition(id),
            id,
            cancellation
        );
        // Gone with its time to leave: what is masked is still there.
        return record is null
            ? new(item.Title, item.Body, null, null)
            : vault.Open(record.Document.Cipher, id);
    }

    public Write Put(ForumItem item, PrivateContent content) =>
        Containers.Private.Put(
            new PrivateRecord
            {
                Id = Id(item),
                Cipher = vault.Seal(content, Id(item)),
                ExpiresAt = retention.PrivateUntil(time.GetUtcNow()),
            }
        );

    public static Write Delete(ForumItem item) =>
        Containers.Private.Delete(SubmissionId.Partition(item.ForumId), Id(item));

    public static ForumItem Masked(ForumItem item, PrivateContent content)
    {
        var (title, body) = Masker.MaskBoth(content.Title, content.Body);
        return item with { Title = title, Body = body };
    }

    private static string Id(ForumItem item) => $"{item.ForumId}-{item.Key}";
}
