using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpinionPipeline.CosmosStandIn;

/// <summary>
/// The part of the query language that the product uses: <c>SELECT * | VALUE COUNT(1) FROM c</c>, conditions joined by
/// AND (comparison of a top-level field with a parameter, alternatives of ARRAY_CONTAINS), ORDER BY. Anything else is
/// answered as the service answers bad syntax.
/// </summary>
public sealed partial class Sql
{
    private readonly List<Func<JsonElement, bool>> conditions = [];

    public bool IsCount { get; private init; }

    /// <summary>The array field and the values any of which must stand in it.</summary>
    public (string Field, List<string> Keys)? Any { get; private set; }

    public IReadOnlyList<(string Field, bool Descending)> Order { get; private init; } = [];

    /// <summary>Fields that conditions compare.</summary>
    public List<string> Filtered { get; } = [];

    /// <exception cref="FormatException">It is not a query of this part of the language.</exception>
    public static Sql Parse(string text, JsonArray parameters)
    {
        var match = Whole().Match(text.Trim());
        if (!match.Success)
            throw new FormatException($"Syntax error: {text}");
        var values = parameters.ToDictionary(
            p => (string)p!["name"]!,
            p => JsonDocument.Parse(p!["value"]?.ToJsonString() ?? "null").RootElement
        );
        var sql = new Sql
        {
            IsCount = match.Groups["what"].Value != "*",
            Order =
            [
                .. Split(match.Groups["order"].Value, ",")
                    .Select(o =>
                    {
                        var part = OrderPart().Match(o);
                        return part.Success
                            ? (
                                part.Groups[1].Value,
                                part.Groups[2]
                                    .Value.Equals("DESC", StringComparison.OrdinalIgnoreCase)
                            )
                            : throw new FormatException($"Syntax error in ORDER BY: {o}");
                    }),
            ],
        };
        foreach (var condition in Split(match.Groups["where"].Value, " AND "))
            sql.Add(condition.Trim(), values);
        return sql;
    }

    public bool Matches(JsonElement document) => conditions.TrueForAll(c => c(document));

    /// <summary>The order of two documents; both have every field ordered by.</summary>
    public int Compare(JsonElement a, JsonElement b)
    {
        foreach (var (field, descending) in Order)
        {
            var compared = Compare(a.GetProperty(field), b.GetProperty(field), out _);
            if (compared != 0)
                return descending ? -compared : compared;
        }
        return 0;
    }

    private void Add(string condition, Dictionary<string, JsonElement> values)
    {
        if (condition == "false")
        {
            conditions.Add(_ => false);
            return;
        }
        if (Comparison().Match(condition) is { Success: true } match)
        {
            var (field, op, value) = (
                match.Groups[1].Value,
                match.Groups[2].Value,
                values[match.Groups[3].Value]
            );
            Filtered.Add(field);
            conditions.Add(d =>
            {
                if (!d.TryGetProperty(field, out var found))
                    return false;
                var compared = Compare(found, value, out var comparable);
                return comparable
                    && op switch
                    {
                        "=" => compared == 0,
                        "<" => compared < 0,
                        ">" => compared > 0,
                        "<=" => compared <= 0,
                        _ => compared >= 0,
                    };
            });
            return;
        }
        var keys = new List<string>();
        string? array = null;
        foreach (var part in Split(condition.Trim('(', ')') + ")", " OR "))
        {
            var contains = Contains().Match(part.Trim().TrimEnd(')') + ")");
            if (!contains.Success || array is not null && array != contains.Groups[1].Value)
                throw new FormatException($"Syntax error near {part}");
            array = contains.Groups[1].Value;
            keys.Add(values[contains.Groups[2].Value].GetString()!);
        }
        Any = (array!, keys);
    }

    private static int Compare(JsonElement a, JsonElement b, out bool comparable)
    {
        comparable = Rank(a) == Rank(b);
        if (!comparable)
            return Rank(a).CompareTo(Rank(b));
        return a.ValueKind switch
        {
            JsonValueKind.String => string.CompareOrdinal(a.GetString(), b.GetString()),
            JsonValueKind.Number => a.GetDouble().CompareTo(b.GetDouble()),
            JsonValueKind.True or JsonValueKind.False => a.GetBoolean().CompareTo(b.GetBoolean()),
            _ => 0,
        };
    }

    // null < booleans < numbers < strings < arrays < objects
    private static int Rank(JsonElement e) =>
        e.ValueKind switch
        {
            JsonValueKind.Null => 1,
            JsonValueKind.True or JsonValueKind.False => 2,
            JsonValueKind.Number => 3,
            JsonValueKind.String => 4,
            JsonValueKind.Array => 5,
            _ => 6,
        };

    private static string[] Split(string text, string by) =>
        text.Length == 0 ? [] : text.Split(by, StringSplitOptions.TrimEntries);

    [GeneratedRegex(
        @"^SELECT\s+(?<what>\*|VALUE\s+COUNT\(1\))\s+FROM\s+c(?:\s+WHERE\s+(?<where>.+?))?(?:\s+ORDER\s+BY\s+(?<order>.+))?$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex Whole();

    [GeneratedRegex(@"^c\.(\w+)(?:\s+(ASC|DESC))?$", RegexOptions.IgnoreCase)]
    private static partial Regex OrderPart();

    [GeneratedRegex(@"^c\.(\w+)\s*(=|<=|>=|<|>)\s*(@\w+)$")]
    private static partial Regex Comparison();

    [GeneratedRegex(@"^ARRAY_CONTAINS\(c\.(\w+),\s*(@\w+)\)$", RegexOptions.IgnoreCase)]
    private static partial Regex Contains();
}
