using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;

namespace OpinionPipeline.Pipeline.Audit;

/// <summary>Sets down who did what. It only ever grows.</summary>
public sealed class AuditLog(IDocumentStore store, TimeProvider time)
{
    /// <summary>Sets it down; durable when the call returns.</summary>
    /// <param name="who">The account.</param>
    /// <param name="what">The deed: a route, <c>private.read</c> …</param>
    /// <param name="subject">The document's id.</param>
    /// <param name="detail">The reason given, or what was decided. Never personal data.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task WriteAsync(
        string who,
        string what,
        string subject,
        string? detail,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        return store.WriteAsync(
            Containers.Audit.Create(
                new AuditEntry(
                    Guid.CreateVersion7(now).ToString("N"),
                    Months.Of(now),
                    now,
                    who,
                    what,
                    subject,
                    detail
                )
            ),
            cancellation
        );
    }
}
