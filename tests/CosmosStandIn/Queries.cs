using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpinionPipeline.CosmosStandIn;

/// <summary>Queries over documents, and the feed of all of them.</summary>
internal static class Queries
{
    /// <summary>All documents of a container, page by page.</summary>
    public static Response Feed(
        Collection collection,
        Request request,
        Account account,
        DateTimeOffset now
    )
    {
        if (!account.Replica(collection, request, out var at, out var doubled))
            return Account.Unread();
        lock (collection.Gate)
            return Page(
                collection,
                [.. collection.All(null, at, now)],
                request,
                account,
                at,
                doubled
            );
    }

    /// <summary>A query inside one partition.</summary>
    public static Response Run(
        Collection collection,
        Request request,
        Account account,
        DateTimeOffset now
    )
    {
        var body = JsonNode.Parse(request.Body)!;
        var sql = Sql.Parse((string)body["query"]!, body["parameters"]?.AsArray() ?? []);
        if (!account.Replica(collection, request, out var at, out var doubled))
            return Account.Unread();
        lock (collection.Gate)
        {
            // The service indexes ids by itself.
            var missing = sql.Filtered.FirstOrDefault(f =>
                f != "id" && !collection.Indexed.Contains(f)
            );
            if (missing is not null)
                throw new FormatException($"The stand-in refuses a scan: no index on {missing}.");
            var order = sql
                .Order.Select(o => $"{o.Field} {(o.Descending ? "desc" : "asc")}")
                .ToList();
            if (
                order.Count == 1
                && !collection.Indexed.Contains(sql.Order[0].Field)
                && sql.Order[0].Field != "id"
            )
                throw new FormatException("Order-by item is not covered by a range index.");
            if (order.Count > 1 && !collection.Composite.Contains(string.Join(',', order)))
                throw new FormatException(
                    "The order by query does not have a corresponding composite index that it can be served from."
                );

            // Without a partition key all are asked; here they are one physical partition.
            var partition = request["x-ms-documentdb-partitionkey"] is null
                ? null
                : Account.Partition(request);
            var candidates = sql.Any is { } any
                ? collection.Any(partition!, any.Field, any.Keys, at, now)
                    ?? throw new FormatException(
                        $"The stand-in refuses a scan: no index on {any.Field}."
                    )
                : collection.All(partition, at, now);
            var found = candidates
                .Where(v =>
                    sql.Matches(v.Json) && sql.Order.All(o => v.Json.TryGetProperty(o.Field, out _))
                )
                .ToList();
            if (sql.IsCount)
                return Account.Spend(
                    Account.Ok(
                        200,
                        new JsonObject
                        {
                            ["_rid"] = collection.Rid,
                            ["Documents"] = new JsonArray(found.Count),
                            ["_count"] = 1,
                        }
                    ),
                    // An index-served count reads no document.
                    Charges.Query(0, found.Count) * doubled,
                    at
                );
            found.Sort((a, b) => sql.Compare(a.Json, b.Json));
            return Page(collection, found, request, account, at, doubled);
        }
    }

    /// <summary>The plan of a query that one partition answers by itself: as it stands, over the whole range.</summary>
    public static Response Plan(Request request)
    {
        var query = (string)JsonNode.Parse(request.Body)!["query"]!;
        return Account.Ok(
            200,
            new JsonObject
            {
                ["partitionedQueryExecutionInfoVersion"] = 2,
                ["queryInfo"] = new JsonObject
                {
                    ["distinctType"] = "None",
                    ["top"] = null,
                    ["offset"] = null,
                    ["limit"] = null,
                    ["orderBy"] = new JsonArray(),
                    ["orderByExpressions"] = new JsonArray(),
                    ["groupByExpressions"] = new JsonArray(),
                    ["groupByAliases"] = new JsonArray(),
                    ["aggregates"] = new JsonArray(),
                    ["groupByAliasToAggregateType"] = new JsonObject(),
                    ["rewrittenQuery"] = query,
                    ["hasSelectValue"] = query.Contains("VALUE", StringComparison.Ordinal),
                },
                ["queryRanges"] = new JsonArray(
                    new JsonObject
                    {
                        ["min"] = "",
                        ["max"] = "FF",
                        ["isMinInclusive"] = true,
                        ["isMaxInclusive"] = false,
                    }
                ),
            }
        );
    }

    // The place to go on from is how many came before: nothing else changes what one test pages through.
    private static Response Page(
        Collection collection,
        List<Version> found,
        Request request,
        Account account,
        long at,
        int doubled
    )
    {
        var start = int.TryParse(
            request["x-ms-continuation"],
            CultureInfo.InvariantCulture,
            out var s
        )
            ? s
            : 0;
        var most =
            int.TryParse(request["x-ms-max-item-count"], CultureInfo.InvariantCulture, out var m)
            && m > 0
                ? m
                : 100;
        var page = found.Skip(start).Take(Math.Min(most, account.MostPerPage)).ToList();
        var body = new ArrayBufferWriter<byte>();
        body.Write(Encoding.UTF8.GetBytes($"{{\"_rid\":\"{collection.Rid}\",\"Documents\":["));
        for (var i = 0; i < page.Count; i++)
        {
            if (i > 0)
                body.Write(","u8);
            body.Write(page[i].Body);
        }
        body.Write(Encoding.UTF8.GetBytes($"],\"_count\":{page.Count}}}"));
        var response = new Response(200, body.WrittenSpan.ToArray());
        response.Headers["x-ms-item-count"] = $"{page.Count}";
        if (start + page.Count < found.Count)
            response.Headers["x-ms-continuation"] = $"{start + page.Count}";
        return Account.Spend(
            response,
            Charges.Query(page.Count, page.Sum(v => v.Body!.Length)) * doubled,
            at
        );
    }
}
