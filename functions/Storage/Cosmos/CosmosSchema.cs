using Microsoft.Azure.Cosmos;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Storage.Cosmos;

/// <summary>
/// How a container's queries become Cosmos DB's containers, indexes and SQL. Only what a query uses is indexed: each
/// indexed path costs request units at every write.
/// </summary>
public static class CosmosSchema
{
    /// <summary>Every container is partitioned by this property of its documents.</summary>
    public const string PartitionPath = "/partition";

    /// <summary>The container with its indexing policy and time to live.</summary>
    public static ContainerProperties Of(IContainer container)
    {
        var properties = new ContainerProperties(container.Name, PartitionPath)
        {
            // Off unless a document says how long it stays.
            DefaultTimeToLive = container.Expires ? -1 : null,
            IndexingPolicy = new() { IndexingMode = IndexingMode.Consistent, Automatic = true },
        };
        var paths = container.Queries.SelectMany(IncludedPaths).Distinct(StringComparer.Ordinal);
        foreach (var path in paths.Order(StringComparer.Ordinal))
            properties.IndexingPolicy.IncludedPaths.Add(new() { Path = path });
        properties.IndexingPolicy.ExcludedPaths.Add(new() { Path = "/*" });
        foreach (var query in container.Queries.Where(q => q.AnyOf is null))
            properties.IndexingPolicy.CompositeIndexes.Add([.. Order(query)]);
        return properties;
    }

    /// <summary>The text of a query's page or count; values are parameters.</summary>
    public static QueryDefinition Sql<T>(Query<T> query, bool count)
        where T : class, IDocument
    {
        var definition = query.Definition;
        if (query.Equal.Count != definition.Equal.Count)
            throw new ArgumentException(
                $"Query {query.Container.Name}.{query.Name} takes {definition.Equal.Count} values, not {query.Equal.Count}."
            );
        var conditions = new List<string>();
        var values = new List<(string Name, object Value)>();
        for (var i = 0; i < query.Equal.Count; i++)
            Add($"c.{definition.Equal[i]} = @e{i}", $"@e{i}", query.Equal[i]);
        if (query.From is { } from)
            Add($"c.{definition.OrderBy} >= @from", "@from", from);
        if (query.To is { } to)
            Add($"c.{definition.OrderBy} < @to", "@to", to);
        if (definition.AnyOf is { } keys)
        {
            conditions.Add(
                query.AnyOf.Count == 0
                    ? "false"
                    : $"({string.Join(" OR ", query.AnyOf.Select((_, i) => $"ARRAY_CONTAINS(c.{keys}, @k{i})"))})"
            );
            values.AddRange(query.AnyOf.Select((key, i) => ($"@k{i}", (object)key)));
        }

        var text =
            (count ? "SELECT VALUE COUNT(1) FROM c" : "SELECT * FROM c")
            + (conditions.Count > 0 ? " WHERE " + string.Join(" AND ", conditions) : "")
            + (count ? "" : " ORDER BY " + OrderBy(definition));
        var sql = new QueryDefinition(text);
        foreach (var (name, value) in values)
            sql = sql.WithParameter(name, value);
        return sql;

        void Add(string condition, string name, object value)
        {
            conditions.Add(condition);
            values.Add((name, Value(value)));
        }
    }

    private static IEnumerable<string> IncludedPaths(DocumentQuery query)
    {
        foreach (var field in query.Equal)
            yield return $"/{field}/?";
        if (query.OrderBy is { } order)
            yield return $"/{order}/?";
        if (query.AnyOf is { } keys)
            yield return $"/{keys}/[]/?";
    }

    // One walk along a composite index: the fields compared for equality, the order, the id that breaks ties. Where keys
    // filter, few documents are left to sort, and the range index of the order does.
    private static IEnumerable<CompositePath> Order(DocumentQuery query)
    {
        var direction = query.Descending
            ? CompositePathSortOrder.Descending
            : CompositePathSortOrder.Ascending;
        string[] fields = query.OrderBy is { } order
            ? [.. query.Equal, order, "id"]
            : [.. query.Equal, "id"];
        return fields.Select(f => new CompositePath { Path = "/" + f, Order = direction });
    }

    private static string OrderBy(DocumentQuery query)
    {
        var direction = query.Descending ? "DESC" : "ASC";
        return query.AnyOf is not null
            ? $"c.{query.OrderBy} {direction}"
            : string.Join(", ", Order(query).Select(p => $"c.{p.Path[1..]} {direction}"));
    }

    private static object Value(object value) =>
        value switch
        {
            DateTimeOffset at => DocumentJson.Time(at),
            Enum name => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
            _ => value,
        };
}
