using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpinionPipeline.CosmosStandIn;

/// <summary>
/// Answers as the documented REST interface of an Azure Cosmos DB account (API for NoSQL) does, as far as the .NET SDK in
/// gateway mode asks: account, databases, containers, partition key ranges, documents, queries inside a partition. In
/// memory; one physical partition. It proves that the product speaks the protocol, not how Cosmos DB itself behaves.
/// </summary>
public sealed class Account(TimeProvider time, string endpoint)
{
    private readonly ConcurrentDictionary<(string Container, string Operation), Spent> spent = [];

    private readonly ConcurrentDictionary<string, JsonObject> databases = [];
    private readonly ConcurrentDictionary<string, Collection> collections = [];

    public Faults Faults { get; } = new();

    /// <summary>How many writes a replica is behind that serves session and eventual reads.</summary>
    public int Lag { get; set; }

    /// <summary>Documents a page at most, whatever was asked.</summary>
    public int MostPerPage { get; set; } = 1000;

    /// <summary>Its own address.</summary>
    public string Endpoint => endpoint;

    /// <summary>Request units spent on documents.</summary>
    public double Charge => Spent.Values.Sum(s => s.Units);

    /// <summary>The same by container and operation: read, create, upsert, replace, delete, query.</summary>
    public IReadOnlyDictionary<(string Container, string Operation), Spent> Spent => spent;

    /// <summary>Answers one request; null where the answer is lost on the way.</summary>
    public Response? Answer(Request request)
    {
        var fault = Faults.Take(request);
        var response = fault switch
        {
            Fault.Throttled => Throttled(),
            Fault.RetryWith => Response.Error(
                449,
                "RetryWith",
                "Conflicting request to resource has been attempted."
            ),
            Fault.Unavailable => Response.Error(
                503,
                "ServiceUnavailable",
                "The service is unavailable."
            ),
            _ => Route(request),
        };
        response.Headers.TryAdd("x-ms-activity-id", Guid.NewGuid().ToString());
        Tally(request, response);
        return fault == Fault.LostAnswer ? null : response;
    }

    private void Tally(Request request, Response response)
    {
        if (!response.Headers.TryGetValue("x-ms-request-charge", out var charge))
        {
            response.Headers["x-ms-request-charge"] = "0";
            return;
        }
        var container = Find(request.Path.Trim('/').Split('/')[3])!.Name;
        var operation =
            request.Method == "GET" ? "read"
            : request.Method == "PUT" ? "replace"
            : request.Method == "DELETE" ? "delete"
            : request.Is("x-ms-documentdb-is-upsert") ? "upsert"
            : request["content-type"]?.Contains("query", StringComparison.Ordinal) == true ? "query"
            : "create";
        var units = double.Parse(charge, CultureInfo.InvariantCulture);
        spent.AddOrUpdate(
            (container, operation),
            new Spent(1, units),
            (_, before) => new(before.Requests + 1, before.Units + units)
        );
    }

    private static Response Throttled()
    {
        var response = Response.Error(429, "TooManyRequests", "The request rate is large.", 3200);
        response.Headers["x-ms-retry-after-ms"] = "5";
        return response;
    }

    private Response Route(Request request)
    {
        var parts = request.Path.Trim('/').Split('/');
        try
        {
            return parts switch
            {
                [""] => Ok(200, AccountResource()),
                ["dbs"] when request.Method == "POST" => CreateDatabase(request),
                ["dbs", var db] when request.Method == "DELETE" => DeleteDatabase(db),
                ["dbs", var db] when databases.TryGetValue(db, out var found) => Ok(200, found),
                ["dbs", var db, "colls"] when request.Method == "POST" => CreateCollection(
                    db,
                    request
                ),
                ["dbs", _, "colls", var name] when Find(name) is { } c => Ok(200, c.Resource),
                ["dbs", _, "colls", var name, "pkranges"] when Find(name) is { } c => Ranges(
                    c,
                    request
                ),
                ["dbs", _, "colls", var name, "docs"] when Find(name) is { } c => Documents(
                    c,
                    request
                ),
                ["dbs", _, "colls", var name, "docs", var id] when Find(name) is { } c => Document(
                    c,
                    Uri.UnescapeDataString(id),
                    request
                ),
                _ => Response.Error(404, "NotFound", "Resource Not Found."),
            };
        }
        catch (FormatException e)
        {
            return Response.Error(400, "BadRequest", e.Message);
        }
    }

    private Collection? Find(string nameOrRid) =>
        collections.TryGetValue(Uri.UnescapeDataString(nameOrRid), out var found) ? found : null;

    private JsonObject AccountResource() =>
        new()
        {
            ["_self"] = "",
            ["id"] = "standin",
            ["_rid"] = "standin",
            ["media"] = "//media/",
            ["addresses"] = "//addresses/",
            ["_dbs"] = "//dbs/",
            ["writableLocations"] = Locations(),
            ["readableLocations"] = Locations(),
            ["enableMultipleWriteLocations"] = false,
            ["userReplicationPolicy"] = new JsonObject
            {
                ["minReplicaSetSize"] = 3,
                ["maxReplicasetSize"] = 4,
            },
            ["userConsistencyPolicy"] = new JsonObject
            {
                ["defaultConsistencyLevel"] = "BoundedStaleness",
                ["maxStalenessPrefix"] = 100,
                ["maxIntervalInSeconds"] = 5,
            },
            ["systemReplicationPolicy"] = new JsonObject
            {
                ["minReplicaSetSize"] = 3,
                ["maxReplicasetSize"] = 4,
            },
            ["readPolicy"] = new JsonObject
            {
                ["primaryReadCoefficient"] = 1,
                ["secondaryReadCoefficient"] = 1,
            },
            ["queryEngineConfiguration"] =
                "{\"maxSqlQueryInputLength\":262144,\"maxJoinsPerSqlQuery\":5,\"maxLogicalAndPerSqlQuery\":500,\"maxLogicalOrPerSqlQuery\":500,\"maxUdfRefPerSqlQuery\":10,\"maxInExpressionItemsCount\":16000,\"queryMaxInMemorySortDocumentCount\":500,\"maxQueryRequestTimeoutFraction\":0.9,\"sqlAllowNonFiniteNumbers\":false,\"sqlAllowAggregateFunctions\":true,\"sqlAllowSubQuery\":true,\"sqlAllowScalarSubQuery\":true,\"allowNewKeywords\":true,\"sqlAllowLike\":true,\"sqlAllowGroupByClause\":true,\"maxSpatialQueryCells\":12,\"spatialMaxGeometryPointCount\":256,\"sqlDisableOptimizationFlags\":0,\"sqlAllowTop\":true,\"enableSpatialIndexing\":true}",
        };

    private JsonArray Locations() =>
        [new JsonObject { ["name"] = "Local", ["databaseAccountEndpoint"] = endpoint }];

    private Response CreateDatabase(Request request)
    {
        var resource = JsonNode.Parse(request.Body)!.AsObject();
        var id = (string)resource["id"]!;
        resource["_rid"] = Rid(databases.Count + 1);
        resource["_self"] = $"dbs/{resource["_rid"]}/";
        resource["_etag"] = "\"1\"";
        resource["_ts"] = time.GetUtcNow().ToUnixTimeSeconds();
        resource["_colls"] = "colls/";
        resource["_users"] = "users/";
        return databases.TryAdd(id, resource)
            ? Ok(201, resource)
            : Response.Error(409, "Conflict", "Database exists.");
    }

    private Response DeleteDatabase(string id)
    {
        if (!databases.TryRemove(id, out _))
            return Response.Error(404, "NotFound", "No such database.");
        // Its containers are those of the one database that a client uses.
        collections.Clear();
        return new(204, []);
    }

    private Response CreateCollection(string db, Request request)
    {
        if (!databases.TryGetValue(db, out var database))
            return Response.Error(404, "NotFound", "No such database.");
        var resource = JsonNode.Parse(request.Body)!.AsObject();
        lock (databases)
        {
            var id = (string)resource["id"]!;
            if (collections.ContainsKey(id))
                return Response.Error(409, "Conflict", "Container exists.");
            var rid = Rid(1, collections.Count / 2 + 1);
            resource["_rid"] = rid;
            resource["_self"] = $"dbs/{database["_rid"]}/colls/{rid}/";
            resource["_etag"] = "\"1\"";
            resource["_ts"] = time.GetUtcNow().ToUnixTimeSeconds();
            resource["_docs"] = "docs/";
            resource["_sprocs"] = "sprocs/";
            resource["_triggers"] = "triggers/";
            resource["_udfs"] = "udfs/";
            resource["_conflicts"] = "conflicts/";
            collections[rid] = collections[id] = new Collection(resource, rid);
            return Ok(201, resource);
        }
    }

    // Four bytes name the database, four more the container, the highest bit set.
    private static string Rid(int database, int? collection = null)
    {
        var bytes = BitConverter.GetBytes(database);
        if (collection is { } number)
            bytes =
            [
                .. bytes,
                .. BitConverter
                    .GetBytes(number)
                    .Reverse()
                    .Select((b, i) => i == 0 ? (byte)(b | 0x80) : b),
            ];
        return Convert.ToBase64String(bytes).Replace('/', '-');
    }

    private static Response Ranges(Collection collection, Request request)
    {
        if (request["if-none-match"] is { } known && known != "*")
            return new(304, []) { Headers = { ["etag"] = "\"1\"" } };
        var response = Ok(
            200,
            new JsonObject
            {
                ["_rid"] = collection.Rid,
                ["PartitionKeyRanges"] = new JsonArray(
                    new JsonObject
                    {
                        ["_rid"] = collection.Rid,
                        ["id"] = "0",
                        ["_etag"] = "\"1\"",
                        ["minInclusive"] = "",
                        ["maxExclusive"] = "FF",
                        ["ridPrefix"] = 0,
                        ["_self"] = $"dbs/x/colls/{collection.Rid}/pkranges/0/",
                        ["throughputFraction"] = 1,
                        ["status"] = "online",
                        ["parents"] = new JsonArray(),
                        ["_ts"] = 1,
                    }
                ),
                ["_count"] = 1,
            }
        );
        response.Headers["etag"] = "\"1\"";
        return response;
    }

    private Response Documents(Collection collection, Request request)
    {
        if (request.Method == "GET")
            return Queries.Feed(collection, request, this, time.GetUtcNow());
        if (request.Is("x-ms-cosmos-is-query-plan-request"))
            return Queries.Plan(request);
        if (
            request.Is("x-ms-documentdb-isquery")
            || request["content-type"]
                ?.StartsWith("application/query+json", StringComparison.Ordinal) == true
        )
            return Queries.Run(collection, request, this, time.GetUtcNow());

        var body = JsonNode.Parse(request.Body)!.AsObject();
        return Write(
            collection,
            (string)body["id"]!,
            body,
            request,
            request.Is("x-ms-documentdb-is-upsert") ? null : false
        );
    }

    private Response Document(Collection collection, string id, Request request)
    {
        switch (request.Method)
        {
            case "PUT":
                return Write(
                    collection,
                    id,
                    JsonNode.Parse(request.Body)!.AsObject(),
                    request,
                    true
                );
            case "DELETE":
                return Write(collection, id, null, request, true);
        }
        if (!Replica(collection, request, out var at, out var doubled))
            return Unread();
        lock (collection.Gate)
        {
            var found = collection.Find(Partition(request), id, at, time.GetUtcNow());
            if (found is null)
                return Spend(
                    Response.Error(404, "NotFound", "Resource Not Found."),
                    1 * doubled,
                    at
                );
            var response = new Response(200, found.Body!);
            response.Headers["etag"] = found.ETag;
            return Spend(response, Charges.Read(found.Body!.Length) * doubled, at);
        }
    }

    // must: true, it has to be there; false, it must not; null, either.
    private Response Write(
        Collection collection,
        string id,
        JsonObject? body,
        Request request,
        bool? must
    )
    {
        var partition = Partition(request);
        var now = time.GetUtcNow();
        if (body is not null && (string?)body[collection.PartitionPath] != partition)
            return Response.Error(
                400,
                "BadRequest",
                "PartitionKey extracted from document doesn't match the one specified in the header.",
                1001
            );
        if (id.Length == 0 || id.IndexOfAny(['/', '\\', '?', '#']) >= 0)
            return Response.Error(400, "BadRequest", "The id is not allowed.");
        if (request.Body.Length > 2 << 20)
            return Response.Error(413, "RequestEntityTooLarge", "Request size is too large.");
        lock (collection.Gate)
        {
            var found = collection.Find(partition, id, long.MaxValue, now);
            if (must == true && found is null)
                return Spend(
                    Response.Error(404, "NotFound", "Resource Not Found."),
                    1,
                    collection.Lsn
                );
            if (must == false && found is not null)
                return Spend(
                    Response.Error(409, "Conflict", "Resource with specified id already exists."),
                    1.3,
                    collection.Lsn
                );
            if (request["if-match"] is { } expected && found is not null && expected != found.ETag)
                return Spend(
                    Response.Error(
                        412,
                        "PreconditionFailed",
                        "One of the specified pre-condition is not met."
                    ),
                    1.3,
                    collection.Lsn
                );
            var written = collection.Write(partition, id, body, now, Lag > 0);
            // Without content: the client asked for none.
            var response = new Response(
                body is null ? 204
                    : found is null ? 201
                    : 200,
                []
            );
            response.Headers["etag"] = written.ETag;
            return Spend(
                response,
                Charges.Write((written.Body ?? found!.Body!).Length),
                written.Lsn
            );
        }
    }

    internal static string Partition(Request request) =>
        request["x-ms-documentdb-partitionkey"] is { } key
        && JsonNode.Parse(key) is JsonArray { Count: 1 } array
            ? (string)array[0]!
            : throw new FormatException("The request names no partition key.");

    /// <summary>The replica that answers a read: the newest for strong and bounded reads, one behind for the others.</summary>
    internal bool Replica(Collection collection, Request request, out long at, out int doubled)
    {
        var level = request["x-ms-consistency-level"] ?? "BoundedStaleness";
        var strong = level is "BoundedStaleness" or "Strong";
        doubled = strong ? 2 : 1;
        at = strong ? long.MaxValue : collection.Lsn - Lag;
        var token = request["x-ms-session-token"]?.Split('#')[^1];
        return level != "Session"
            || !long.TryParse(token, CultureInfo.InvariantCulture, out var wanted)
            || wanted <= at;
    }

    internal static Response Unread() =>
        Response.Error(
            404,
            "NotFound",
            "The read session is not available for the input session token.",
            1002
        );

    internal static Response Spend(Response response, double units, long lsn)
    {
        response.Headers["x-ms-request-charge"] = units.ToString(
            "0.00",
            CultureInfo.InvariantCulture
        );
        response.Headers["x-ms-session-token"] = $"0:-1#{lsn}";
        return response;
    }

    internal static Response Ok(int status, JsonNode body) =>
        new(status, Encoding.UTF8.GetBytes(body.ToJsonString(Json.Plain)));
}

/// <summary>How many requests, and their request units.</summary>
public readonly record struct Spent(int Requests, double Units);
