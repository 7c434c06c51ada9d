using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Access;

/// <summary>A key, or a person's account: what it may do and for whom. The secret itself is not kept, only its hash.</summary>
public sealed record ApiKey : IDocument
{
    /// <summary>SHA-256 of the secret, base 32.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public string Partition => "keys";
    public required Role Role { get; init; }

    /// <summary>The station a station key speaks for.</summary>
    public string? Station { get; init; }

    /// <summary>The office an office key answers for.</summary>
    public string? Office { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The form it was asked for with, so that pressing twice makes one; null for keys made at the console.</summary>
    public string? Request { get; init; }

    /// <summary>What stands in histories and audits: role, scope and the hash's first letters.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name =>
        $"{Role.ToString().ToLowerInvariant()}{(Station ?? Office) switch { null => "", var s => ":" + s }}#{Id[..6]}";
}

/// <summary>Who somebody is to the product.</summary>
public enum Role
{
    /// <summary>Forwards submissions, sees its own.</summary>
    Station,

    /// <summary>Answers what concerns it.</summary>
    Office,

    /// <summary>Groups, reports, instructs; sees everything masked.</summary>
    Committee,

    /// <summary>Labels and trains.</summary>
    Trainer,

    /// <summary>Everything, personal data included (audited).</summary>
    Admin,
}

/// <summary>A one-time link into the pages.</summary>
public sealed record SignInLink(string Id, string KeyId, DateTimeOffset? ExpiresAt)
    : IDocument,
        IExpiring
{
    /// <inheritdoc/>
    public string Partition => Id;
}
