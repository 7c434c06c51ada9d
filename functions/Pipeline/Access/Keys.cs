using System.Security.Cryptography;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Access;

/// <summary>Makes keys and finds whom one belongs to. Only hashes are kept: a lost key is replaced, never looked up.</summary>
public sealed class Keys(IDocumentStore store, TimeProvider time)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(1);

    /// <summary>Makes a key.</summary>
    public Task<(string Secret, ApiKey Key)> CreateAsync(
        Role role,
        string? station,
        string? office,
        CancellationToken cancellation
    ) => CreateAsync(role, station, office, new KeyTerms(null, null, null), cancellation);

    /// <summary>Makes a key of which more is said.</summary>
    /// <returns>The secret, told this once.</returns>
    public async Task<(string Secret, ApiKey Key)> CreateAsync(
        Role role,
        string? station,
        string? office,
        KeyTerms terms,
        CancellationToken cancellation
    )
    {
        var secret = "op_" + SubmissionId.Encode(RandomNumberGenerator.GetBytes(20), 32);
        var key = new ApiKey
        {
            Id = Hash(secret),
            Role = role,
            Station = station,
            Office = office,
            CreatedAt = time.GetUtcNow(),
            Label = terms.Label,
            EndsOn = terms.EndsOn,
            Request = terms.Request,
        };
        await store.WriteAsync(Containers.Keys.Create(key), cancellation);
        return (secret, key);
    }

    /// <summary>The key of a secret, or null where there is none, it was revoked, or its days are over.</summary>
    public Task<ApiKey?> FindAsync(string secret, CancellationToken cancellation) =>
        GetAsync(Hash(secret), cancellation);

    /// <summary>The key of a hash, or null where there is none, it was revoked, or its days are over.</summary>
    public async Task<ApiKey?> GetAsync(string id, CancellationToken cancellation)
    {
        var stored = await store.ReadAsync(Containers.Keys, "keys", id, cancellation);
        var today = LocalTime.DayOf(time.GetUtcNow());
        if (stored?.Document is not { } key || !key.WorksOn(today))
            return null;
        // One write a day. Of several requests at once one is enough, and a change of the key that comes first wins.
        if (key.UsedOn != today)
            await store.WriteAsync(
                Containers.Keys.Replace(key with { UsedOn = today }, stored.ETag),
                cancellation
            );
        return key;
    }

    /// <summary>A link's token that signs in once, within an hour, as that key.</summary>
    public async Task<string> LinkAsync(ApiKey key, CancellationToken cancellation)
    {
        var token = SubmissionId.Encode(RandomNumberGenerator.GetBytes(20), 32);
        await store.WriteAsync(
            Containers.SignInLinks.Create(
                new SignInLink(Hash(token), key.Id, time.GetUtcNow() + LinkLife)
            ),
            cancellation
        );
        return token;
    }

    /// <summary>Uses a link's token up. Null where it is unknown, old, or used.</summary>
    public async Task<ApiKey?> RedeemAsync(string token, CancellationToken cancellation)
    {
        var id = Hash(token);
        var link = await store.ReadAsync(Containers.SignInLinks, id, id, cancellation);
        if (link is null)
            return null;
        // Of two who come at once, the one whose replacement takes place signs in.
        var used = await store.WriteAsync(
            Containers.SignInLinks.Replace(
                link.Document with
                {
                    ExpiresAt = time.GetUtcNow(),
                },
                link.ETag
            ),
            cancellation
        );
        return used.IsDone ? await GetAsync(link.Document.KeyId, cancellation) : null;
    }

    private static string Hash(string secret) => SubmissionId.Hash("key\n" + secret, 32);
}
