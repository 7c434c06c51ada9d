using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Cosmos;

/// <summary>
/// The document contract over Cosmos DB for NoSQL. The account's consistency is bounded staleness, which inside the
/// region that writes reads what was written last: a step writes its fingerprint, then sees every earlier one. What may
/// lag is read from one replica, at half the price.
/// </summary>
/// <param name="database">The database with its containers.</param>
/// <param name="calls">Sends requests.</param>
/// <param name="time">Tells how long is left to live.</param>
/// <param name="readsMayLag">
/// Point reads may give a version that was just replaced: for steps, whose writes are guarded by the version they read.
/// That there is no such document is true all the same.
/// </param>
public sealed class CosmosDocumentStore(
    Database database,
    CosmosCalls calls,
    TimeProvider time,
    bool readsMayLag
) : IDocumentStore
{
    private const int WritesAtOnce = 32;
    private const string Stamp = "_stamp";

    public async Task<Stored<T>?> ReadAsync<T>(
        Container<T> container,
        string partition,
        string id,
        CancellationToken cancellation
    )
        where T : class, IDocument
    {
        if (
            readsMayLag
            && await ReadAsync<T>(container, partition, id, ConsistencyLevel.Eventual, cancellation)
                is { } found
        )
            return found;
        // A replica that is behind may not have it yet.
        return await ReadAsync<T>(container, partition, id, null, cancellation);
    }

    private async Task<Stored<T>?> ReadAsync<T>(
        Container<T> container,
        string partition,
        string id,
        ConsistencyLevel? consistency,
        CancellationToken cancellation
    )
        where T : class, IDocument
    {
        using var response = await calls.SendAsync(
            new(container.Name, "read"),
            () =>
                Of(container)
                    .ReadItemStreamAsync(
                        id,
                        new PartitionKey(partition),
                        new() { ConsistencyLevel = consistency },
                        cancellation
                    ),
            cancellation
        );
        return response.StatusCode == HttpStatusCode.NotFound
            ? null
            : await StoredAsync<T>(Ensure(response), cancellation);
    }

    public async Task<IReadOnlyList<Stored<T>>> FindAsync<T>(
        Container<T> container,
        string id,
        CancellationToken cancellation
    )
        where T : class, IDocument
    {
        var found = new List<Stored<T>>();
        using var iterator = Of(container)
            .GetItemQueryStreamIterator(
                new QueryDefinition("SELECT * FROM c WHERE c.id = @id").WithParameter("@id", id)
            );
        while (iterator.HasMoreResults)
        {
            using var response = await calls.SendAsync(
                new(container.Name, "find"),
                () => iterator.ReadNextAsync(cancellation),
                cancellation
            );
            found.AddRange(await DocumentsAsync<T>(Ensure(response), cancellation));
        }
        return found;
    }

    /// <inheritdoc/>
    /// <remarks>Neighbours in one container go at the same time; a container's writes wait for those before it.</remarks>
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(
        IReadOnlyList<Write> writes,
        CancellationToken cancellation
    )
    {
        var results = new WriteResult[writes.Count];
        for (var start = 0; start < writes.Count; )
        {
            var end = start + 1;
            var ids = new HashSet<(string, string)> { Place(writes[start]) };
            while (
                end < writes.Count
                && writes[end].Container == writes[start].Container
                && ids.Add(Place(writes[end]))
            )
                end++;
            await Parallel.ForAsync(
                start,
                end,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = WritesAtOnce,
                    CancellationToken = cancellation,
                },
                async (i, stop) => results[i] = await WriteAsync(writes[i], stop)
            );
            start = end;
        }
        return results;

        static (string, string) Place(Write write) => (write.Partition, write.Id);
    }

    public async Task<Page<T>> QueryAsync<T>(Query<T> query, CancellationToken cancellation)
        where T : class, IDocument
    {
        var items = new List<Stored<T>>();
        var next = query.After;
        do
        {
            using var response = await calls.SendAsync(
                new(query.Container.Name, query.Name),
                async () =>
                {
                    using var iterator = Of(query.Container)
                        .GetItemQueryStreamIterator(
                            CosmosSchema.Sql(query, count: false),
                            next,
                            Options(query, query.Limit - items.Count)
                        );
                    return await iterator.ReadNextAsync(cancellation);
                },
                cancellation
            );
            items.AddRange(await DocumentsAsync<T>(Ensure(response), cancellation));
            next = response.ContinuationToken;
            // A page may be shorter than asked for although there is more.
        } while (next is not null && items.Count < query.Limit);
        return new(items, next);
    }

    public async Task<long> CountAsync<T>(Query<T> query, CancellationToken cancellation)
        where T : class, IDocument
    {
        long count = 0;
        using var iterator = Of(query.Container)
            .GetItemQueryStreamIterator(
                CosmosSchema.Sql(query, count: true),
                requestOptions: Options(query, -1)
            );
        while (iterator.HasMoreResults)
        {
            using var response = await calls.SendAsync(
                new(query.Container.Name, query.Name + ".count"),
                () => iterator.ReadNextAsync(cancellation),
                cancellation
            );
            using var json = await JsonDocument.ParseAsync(
                Ensure(response).Content,
                cancellationToken: cancellation
            );
            foreach (var part in json.RootElement.GetProperty("Documents").EnumerateArray())
                count += part.GetInt64();
        }
        return count;
    }

    public async IAsyncEnumerable<Stored<T>> ScanAsync<T>(
        Container<T> container,
        [EnumeratorCancellation] CancellationToken cancellation
    )
        where T : class, IDocument
    {
        using var iterator = Of(container).GetItemQueryStreamIterator((string?)null);
        while (iterator.HasMoreResults)
        {
            using var response = await calls.SendAsync(
                new(container.Name, "scan"),
                () => iterator.ReadNextAsync(cancellation),
                cancellation
            );
            foreach (var stored in await DocumentsAsync<T>(Ensure(response), cancellation))
                yield return stored;
        }
    }

    private async Task<WriteResult> WriteAsync(Write write, CancellationToken cancellation)
    {
        var container = database.GetContainer(write.Container.Name);
        var key = new PartitionKey(write.Partition);
        var stamp = Guid.NewGuid().ToString("N")[..12];
        var body = Body(write, stamp);
        var options = new ItemRequestOptions
        {
            IfMatchEtag = write.ETag,
            EnableContentResponseOnWrite = false,
        };
        var unsure = false;
        using var response = await calls.SendAsync(
            new(write.Container.Name, write.Kind.ToString().ToLowerInvariant()),
            async () =>
            {
                // What timed out may have been written all the same: then a second try would not match itself.
                if (unsure && await FindAsync() is { } etag)
                    return new ResponseMessage(HttpStatusCode.OK)
                    {
                        Headers = { { "etag", etag } },
                    };
                unsure = true;
                return await SendAsync();
            },
            cancellation
        );
        return response.StatusCode switch
        {
            HttpStatusCode.Conflict => new(WriteStatus.Exists, null),
            HttpStatusCode.PreconditionFailed => new(WriteStatus.Changed, null),
            HttpStatusCode.NotFound when write.Kind == WriteKind.Delete => new(
                WriteStatus.Done,
                null
            ),
            HttpStatusCode.NotFound => new(WriteStatus.Missing, null),
            _ => new(WriteStatus.Done, Ensure(response).Headers.ETag),
        };

        async Task<ResponseMessage> SendAsync()
        {
            using var stream = new MemoryStream(body, writable: false);
            return write.Kind switch
            {
                WriteKind.Create => await container.CreateItemStreamAsync(
                    stream,
                    key,
                    options,
                    cancellation
                ),
                WriteKind.Replace => await container.ReplaceItemStreamAsync(
                    stream,
                    write.Id,
                    key,
                    options,
                    cancellation
                ),
                WriteKind.Put => await container.UpsertItemStreamAsync(
                    stream,
                    key,
                    options,
                    cancellation
                ),
                _ => await container.DeleteItemStreamAsync(write.Id, key, options, cancellation),
            };
        }

        async Task<string?> FindAsync()
        {
            if (write.Kind == WriteKind.Delete)
                return null;
            using var found = await container.ReadItemStreamAsync(
                write.Id,
                key,
                cancellationToken: cancellation
            );
            if (!found.IsSuccessStatusCode)
                return null;
            var document = await JsonNode.ParseAsync(
                found.Content,
                cancellationToken: cancellation
            );
            return (string?)document?[Stamp] == stamp ? found.Headers.ETag : null;
        }
    }

    private byte[] Body(Write write, string stamp)
    {
        if (write.Document is null)
            return [];
        var node = JsonSerializer
            .SerializeToNode(write.Document, write.Document.GetType(), DocumentJson.Options)!
            .AsObject();
        node["id"] = write.Id;
        node[CosmosSchema.PartitionPath[1..]] = write.Partition;
        node[Stamp] = stamp;
        if (write.Document is IExpiring { ExpiresAt: { } leaves })
            node["ttl"] = Math.Max(1, (int)Math.Ceiling((leaves - time.GetUtcNow()).TotalSeconds));
        return JsonSerializer.SerializeToUtf8Bytes(node, DocumentJson.Options);
    }

    private Container Of(IContainer container) => database.GetContainer(container.Name);

    private static QueryRequestOptions Options<T>(Query<T> query, int most)
        where T : class, IDocument =>
        new()
        {
            PartitionKey = new PartitionKey(query.Partition),
            MaxItemCount = most,
            ConsistencyLevel = query.MayLag ? ConsistencyLevel.Eventual : null,
        };

    private static async Task<Stored<T>> StoredAsync<T>(
        ResponseMessage response,
        CancellationToken cancellation
    )
        where T : class, IDocument =>
        new(
            (
                await JsonSerializer.DeserializeAsync<T>(
                    response.Content,
                    DocumentJson.Options,
                    cancellation
                )
            )!,
            response.Headers.ETag
        );

    private static async Task<List<Stored<T>>> DocumentsAsync<T>(
        ResponseMessage response,
        CancellationToken cancellation
    )
        where T : class, IDocument
    {
        using var json = await JsonDocument.ParseAsync(
            response.Content,
            cancellationToken: cancellation
        );
        return
        [
            .. json
                .RootElement.GetProperty("Documents")
                .EnumerateArray()
                .Select(d => new Stored<T>(
                    d.Deserialize<T>(DocumentJson.Options)!,
                    d.GetProperty("_etag").GetString()!
                )),
        ];
    }

    private static ResponseMessage Ensure(ResponseMessage response) =>
        response.EnsureSuccessStatusCode();
}
