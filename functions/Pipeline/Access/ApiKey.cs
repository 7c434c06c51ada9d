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

    /// <summary>Which device or post holds it, at most <see cref="KeyDesk.MostLabel"/> characters; null where nobody said.</summary>
    public string? Label { get; init; }

    /// <summary>The last day it works, by the county's clock; null where it works until it is revoked.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>The last day it was used, by the county's clock; null before the first.</summary>
    public DateOnly? UsedOn { get; init; }

    /// <summary>The form it was asked for with, so that pressing twice makes one; null for keys made at the console.</summary>
    public string? Request { get; init; }

    /// <summary>The id of the key that took its place; null where none did. It is replaced once.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>True where it signs anybody in on that day.</summary>
    public bool WorksOn(DateOnly day) => RevokedAt is null && !(EndsOn < day);

    /// <summary>What stands in histories and audits: role, scope and the hash's first letters.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name =>
        $"{Role.ToString().ToLowerInvariant()}{(Station ?? Office) switch { null => "", var s => ":" + s }}#{Id[..6]}";
}

/// <summary>What is said of a key when it is made.</summary>
/// <param name="Label">See <see cref="ApiKey.Label"/>.</param>
/// <param name="EndsOn">See <see cref="ApiKey.EndsOn"/>.</param>
/// <param name="Request">See <see cref="ApiKey.Request"/>.</param>
public sealed record KeyTerms(string? Label, DateOnly? EndsOn, string? Request);

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
