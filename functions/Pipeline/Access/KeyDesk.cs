using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Access;

/// <summary>What an administrator does with keys: give one out, see which there are, take one back.</summary>
public sealed class KeyDesk(
    IDocumentStore store,
    Keys keys,
    CountyDirectory county,
    TimeProvider time
)
{
    private const string Partition = "keys";

    /// <summary>Makes a key. Its secret is told this once; the same request again is refused.</summary>
    /// <param name="asked">For whom.</param>
    /// <param name="request">The form's own key.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Result<NewKey>> CreateAsync(
        KeyRequest asked,
        string? request,
        CancellationToken cancellation
    )
    {
        if (
            !Enum.TryParse<Role>(asked.Role, ignoreCase: true, out var role)
            || !Enum.IsDefined(role)
        )
            return Fault("role", "请选择角色。", "Choose a role.");
        if (role == Role.Station && county.Station(asked.Station) is null)
            return Fault("station", "请选择联络站。", "Choose a station.");
        if (role == Role.Office && county.Office(asked.Office) is null)
            return Fault("office", "请选择承办单位。", "Choose an office.");
        if (
            request is { Length: > 0 }
            && (await ListAsync(cancellation)).Any(k => k.Request == request)
        )
            return new Rejection(
                "key.made",
                null,
                "这把密钥已经生成，只显示一次；没有记下就停用它，再生成一把。",
                "This key was made already and is shown once; if it was not kept, revoke it and make another."
            )
            {
                Status = 409,
            };
        var (secret, key) = await keys.CreateAsync(
            role,
            role == Role.Station ? asked.Station : null,
            role == Role.Office ? asked.Office : null,
            request,
            cancellation
        );
        return new NewKey(secret, key);
    }

    /// <summary>All keys, the newest first, the revoked ones too.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellation)
    {
        var all = await store
            .AllAsync(new Query<ApiKey>(Containers.Keys, "all", Partition), cancellation)
            .ToListAsync(cancellation);
        return [.. all.OrderByDescending(k => k.CreatedAt)];
    }

    /// <summary>Takes a key back; its cookies end with it. Doing it twice does no harm.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="by">The id of the key of who does it, which cannot be taken back so.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Result<ApiKey>> RevokeAsync(
        string? id,
        string? by,
        CancellationToken cancellation
    )
    {
        if (id is not null && id == by)
            return new Rejection(
                "key.own",
                null,
                "不能停用自己正在使用的密钥。",
                "The key that you are signed in with cannot be revoked."
            )
            {
                Status = 409,
            };
        var key = string.IsNullOrEmpty(id)
            ? null
            : await store.UpdateAsync(
                Containers.Keys,
                Partition,
                id,
                k => k.RevokedAt is null ? k with { RevokedAt = time.GetUtcNow() } : k,
                cancellation
            );
        return key is not null
            ? key
            : new Rejection("key.unknown", null, "没有这把密钥。", "There is no such key.")
            {
                Status = 404,
            };
    }

    private static Rejection Fault(string field, string zh, string en) =>
        new($"{field}.required", field, zh, en);
}

/// <summary>For whom a key is asked, as typed.</summary>
public sealed record KeyRequest(string? Role, string? Station, string? Office);

/// <summary>A key with its secret, which is not kept.</summary>
public sealed record NewKey(string Secret, ApiKey Key);
