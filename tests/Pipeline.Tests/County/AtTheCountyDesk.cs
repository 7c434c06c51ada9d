using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Tests.Retraining;

namespace OpinionPipeline.Pipeline.Tests.County;

/// <summary>Every test has a workshop of its own, and a clerk in it.</summary>
public abstract class AtTheCountyDesk : IAsyncLifetime
{
    private protected static readonly (string, string)[] NewStation =
    [
        ("code", "T01S09"),
        ("name", "城东街道新联络站"),
        ("township", "T01"),
        ("kind", "station"),
    ];

    private protected Workshop workshop = null!;
    private protected Clerk clerk = null!;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        workshop = await Workshop.OpenAsync(Token);
        clerk = new(workshop);
    }

    // A station whose key is in use.
    private protected async Task<ApiKey> KeyAsync(string station) =>
        (
            await new Keys(workshop.Store, workshop.Time).CreateAsync(
                Role.Station,
                station,
                null,
                Token
            )
        ).Key;

    public async ValueTask DisposeAsync()
    {
        await workshop.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
