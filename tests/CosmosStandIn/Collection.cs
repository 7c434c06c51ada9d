using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpinionPipeline.CosmosStandIn;

/// <summary>A document's version; <see cref="Json"/> is null where it was deleted.</summary>
public sealed record Version(
    string Id,
    string Partition,
    string ETag,
    long Lsn,
    DateTimeOffset? Expires,
    byte[]? Body,
    JsonElement Json,
    Version? Before
)
{
    /// <summary>The newest version that a replica at that LSN has.</summary>
    public Version? At(long lsn)
    {
        var version = this;
        while (version is not null && version.Lsn > lsn)
            version = version.Before;
        return version;
    }
}

/// <summary>A container: its resource and its documents, partition by partition.</summary>
public sealed class Collection(JsonObject resource, string rid)
{
    private readonly Dictionary<string, SortedDictionary<string, Version>> partitions = [];
    private readonly Dictionary<
        (string Partition, string Path, string Key),
        HashSet<string>
    > arrays = [];
    private long lsn;

    public Lock Gate { get; } = new();

    /// <summary>Id, partition key, indexing policy.</summary>
    public JsonObject Resource { get; } = resource;

    public string Rid { get; } = rid;

    public string Name { get; } = (string)resource["id"]!;

    /// <summary>The last write's number.</summary>
    public long Lsn => lsn;

    public string PartitionPath { get; } = ((string)resource["partitionKey"]!["paths"]![0]!)[1..];

    /// <summary>Array paths of the indexing policy, such as <c>keys</c> of <c>/keys/[]/?</c>.</summary>
    private readonly string[] arrayPaths =
    [
        .. Paths(resource)
            .Where(p => p.EndsWith("/[]/?", StringComparison.Ordinal))
            .Select(p => p[1..^5]),
    ];

    /// <summary>Top-level fields with a range index.</summary>
    public IReadOnlySet<string> Indexed { get; } =
        Paths(resource)
            .Where(p => !p.Contains('[', StringComparison.Ordinal))
            .Select(p => p[1..^2])
            .ToHashSet();

    /// <summary>Composite indexes as "field asc,field desc".</summary>
    public IReadOnlySet<string> Composite { get; } =
        (resource["indexingPolicy"]?["compositeIndexes"]?.AsArray() ?? [])
            .Select(i =>
                string.Join(
                    ',',
                    i!
                        .AsArray()
                        .Select(p =>
                            $"{((string)p!["path"]!)[1..]} {((string?)p["order"] == "descending" ? "desc" : "asc")}"
                        )
                )
            )
            .ToHashSet();

    private static IEnumerable<string> Paths(JsonObject resource) =>
        (resource["indexingPolicy"]?["includedPaths"]?.AsArray() ?? []).Select(p =>
            (string)p!["path"]!
        );

    /// <summary>What a replica at that LSN has under the id; null where it has none or it has expired.</summary>
    public Version? Find(string partition, string id, long at, DateTimeOffset now) =>
        partitions.GetValueOrDefault(partition)?.GetValueOrDefault(id)?.At(at)
            is { Body: not null } version
        && !(version.Expires <= now)
            ? version
            : null;

    /// <summary>Everything of a partition, of all partitions where it is null.</summary>
    public IEnumerable<Version> All(string? partition, long at, DateTimeOffset now) =>
        partitions
            .Where(p => partition is null || p.Key == partition)
            .SelectMany(p => p.Value.Values)
            .Select(v => v.At(at))
            .OfType<Version>()
            .Where(v => v.Body is not null && !(v.Expires <= now));

    /// <summary>What stands under any of the keys of an indexed array; null where the array is not indexed.</summary>
    public IEnumerable<Version>? Any(
        string partition,
        string path,
        IEnumerable<string> keys,
        long at,
        DateTimeOffset now
    ) =>
        !arrayPaths.Contains(path)
            ? null
            : keys.SelectMany(k => arrays.GetValueOrDefault((partition, path, k)) ?? [])
                .Distinct()
                .Select(id => Find(partition, id, at, now))
                .OfType<Version>();

    /// <summary>Writes a version; a null body deletes.</summary>
    public Version Write(
        string partition,
        string id,
        JsonObject? body,
        DateTimeOffset now,
        bool keepBefore
    )
    {
        if (!partitions.TryGetValue(partition, out var documents))
            partitions.Add(partition, documents = new(StringComparer.Ordinal));
        var before = documents.GetValueOrDefault(id);
        var number = ++lsn;
        var etag = $"\"{number:x8}-0000-0000-0000-000000000000\"";
        byte[]? bytes = null;
        JsonElement json = default;
        DateTimeOffset? expires = null;
        if (body is not null)
        {
            body["_rid"] = Rid;
            body["_self"] = $"dbs/x/colls/{Rid}/docs/{id}/";
            body["_etag"] = etag;
            body["_ts"] = now.ToUnixTimeSeconds();
            if (body["ttl"] is { } ttl && Resource["defaultTtl"] is not null && (int)ttl > 0)
                expires = now.AddSeconds((int)ttl);
            bytes = JsonSerializer.SerializeToUtf8Bytes(body, Json.Plain);
            json = JsonDocument.Parse(bytes).RootElement;
        }
        var version = new Version(
            id,
            partition,
            etag,
            number,
            expires,
            bytes,
            json,
            keepBefore ? before : null
        );
        foreach (var path in arrayPaths)
        {
            // A lagging replica still finds what was there before.
            if (!keepBefore)
                foreach (var key in Keys(before, path))
                    arrays.GetValueOrDefault((partition, path, key))?.Remove(id);
            foreach (var key in Keys(version, path))
            {
                if (!arrays.TryGetValue((partition, path, key), out var ids))
                    arrays.Add((partition, path, key), ids = []);
                ids.Add(id);
            }
        }
        documents[id] = version;
        return version;
    }

    private static IEnumerable<string> Keys(Version? version, string path) =>
        version?.Body is not null
        && version.Json.TryGetProperty(path, out var array)
        && array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray().Select(k => k.GetString()!)
            : [];
}

internal static class Json
{
    public static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
