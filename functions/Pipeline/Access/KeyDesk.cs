using System.Globalization;
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

    /// <summary>Characters of a label at most.</summary>
    public const int MostLabel = 40;

    /// <summary>For how many days a replaced key goes on, unless another number is chosen.</summary>
    public const int UsualDays = 7;

    /// <summary>For how many days at most.</summary>
    public const int MostDays = 90;

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
        var terms = Terms(asked.Label, asked.EndsOn, request, LocalTime.DayOf(time.GetUtcNow()));
        if (!terms.IsOk)
            return terms.Rejections.ToList();
        if (await MadeAsync(request, cancellation))
            return Made();
        var (secret, key) = await keys.CreateAsync(
            role,
            role == Role.Station ? asked.Station : null,
            role == Role.Office ? asked.Office : null,
            terms.Value,
            cancellation
        );
        return new NewKey(secret, key);
    }

    /// <summary>Makes a key like another, which goes on for some days so that nobody stands before a closed door.</summary>
    /// <param name="id">The other's id.</param>
    /// <param name="asked">For how many days the old one goes on and until when the new one works, as typed.</param>
    /// <param name="request">The form's own key.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Result<NewKey>> ReplaceAsync(
        string? id,
        ReplaceRequest asked,
        string? request,
        CancellationToken cancellation
    )
    {
        var days = UsualDays;
        if (
            !string.IsNullOrWhiteSpace(asked.Days)
            && (
                !int.TryParse(
                    asked.Days.Trim(),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out days
                )
                || days > MostDays
            )
        )
            return new Rejection(
                "days.invalid",
                "days",
                $"旧密钥还能用几天：请填 0 到 {MostDays} 的整数。",
                $"Days that the old key still works: a whole number from 0 to {MostDays}."
            );
        var old = (await ListAsync(cancellation)).FirstOrDefault(k => k.Id == id);
        if (old is null)
            return Unknown();
        var today = LocalTime.DayOf(time.GetUtcNow());
        var terms = Terms(old.Label, asked.EndsOn, request, today);
        if (!terms.IsOk)
            return terms.Rejections.ToList();
        if (await MadeAsync(request, cancellation))
            return Made();
        if (CannotReplace(old, today) is { } reason)
            return reason;
        // The new one first: cut short in between there are two keys, not none.
        var (secret, key) = await keys.CreateAsync(
            old.Role,
            old.Station,
            old.Office,
            terms.Value,
            cancellation
        );
        var last = today.AddDays(days);
        Rejection? late = null;
        await store.UpdateAsync(
            Containers.Keys,
            Partition,
            old.Id,
            k =>
                (late = CannotReplace(k, today)) is not null
                    ? k
                    : k with
                    {
                        ReplacedBy = key.Id,
                        EndsOn = k.EndsOn <= last ? k.EndsOn : last,
                    },
            cancellation
        );
        if (late is null)
            return new NewKey(secret, key);
        // Somebody else was first. Nobody was told this one's secret: it goes again.
        await store.WriteAsync(Containers.Keys.Delete(Partition, key.Id), cancellation);
        return late;
    }

    /// <summary>Why a key cannot be replaced, or null where it can.</summary>
    public static Rejection? CannotReplace(ApiKey key, DateOnly today) =>
        key.ReplacedBy is not null
            ? new(
                "key.replaced",
                null,
                "这把密钥已经更换过，不能再换一次；新的那一把在表里，没有记下就停用它，再生成一把。",
                "This key was replaced already and is not replaced twice. The new one stands in the table; if it was not kept, revoke it and make another."
            )
            {
                Status = 409,
            }
        : key.WorksOn(today) ? null
        : new(
            "key.ended",
            null,
            "这把密钥已经停用或到期，请直接生成一把新的。",
            "This key was revoked or has ended; make a new one instead."
        )
        {
            Status = 409,
        };

    /// <summary>What was typed of a key, or why it cannot be.</summary>
    public static Result<KeyTerms> Terms(
        string? label,
        string? endsOn,
        string? request,
        DateOnly today
    )
    {
        label = string.IsNullOrWhiteSpace(label) ? null : label.Trim();
        if (label?.Length > MostLabel || label?.Any(char.IsControl) == true)
            return new Rejection(
                "label.invalid",
                "label",
                $"标签最多 {MostLabel} 个字，不能换行。",
                $"A label has at most {MostLabel} characters and no line break."
            );
        if (string.IsNullOrWhiteSpace(endsOn))
            return new KeyTerms(label, null, request);
        return DateOnly.TryParseExact(endsOn.Trim(), "yyyy-MM-dd", out var day) && day >= today
            ? new KeyTerms(label, day, request)
            : new Rejection(
                "endsOn.invalid",
                "endsOn",
                "到期日要写成 2026-12-31 这样，不能早于今天。",
                "The last day is written such as 2026-12-31 and is not before today."
            );
    }

    private async Task<bool> MadeAsync(string? request, CancellationToken cancellation) =>
        request is { Length: > 0 }
        && (await ListAsync(cancellation)).Any(k => k.Request == request);

    private static Rejection Made() =>
        new(
            "key.made",
            null,
            "这把密钥已经生成，只显示一次；没有记下就停用它，再生成一把。",
            "This key was made already and is shown once; if it was not kept, revoke it and make another."
        )
        {
            Status = 409,
        };

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
        return key is not null ? key : Unknown();
    }

    private static Rejection Unknown() =>
        new("key.unknown", null, "没有这把密钥。", "There is no such key.") { Status = 404 };

    private static Rejection Fault(string field, string zh, string en) =>
        new($"{field}.required", field, zh, en);
}

/// <summary>For whom a key is asked, as typed.</summary>
public sealed record KeyRequest(string? Role, string? Station, string? Office)
{
    /// <summary>Which device or post will hold it.</summary>
    public string? Label { get; init; }

    /// <summary>The last day it works, as 2026-12-31.</summary>
    public string? EndsOn { get; init; }
}

/// <summary>How a key is replaced, as typed.</summary>
/// <param name="Days">For how many days the old one goes on; <see cref="KeyDesk.UsualDays"/> where nothing is said.</param>
/// <param name="EndsOn">The last day of the new one.</param>
public sealed record ReplaceRequest(string? Days, string? EndsOn);

/// <summary>A key with its secret, which is not kept.</summary>
public sealed record NewKey(string Secret, ApiKey Key);
