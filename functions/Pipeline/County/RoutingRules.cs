namespace OpinionPipeline.Pipeline.County;

/// <summary>A rule: what is of this category, or of one below it that has no rule of its own, is this office's.</summary>
public sealed record RoutingRule(string Category, string Office);

/// <summary>Which office answers for which category. The longest code that has a rule wins; what has none goes to one office.</summary>
public sealed class RoutingRules
{
    private readonly Dictionary<string, string> offices;

    /// <param name="rules">Offices' codes by categories' codes.</param>
    /// <param name="otherwise">Code of the office for all that has no rule.</param>
    public RoutingRules(IReadOnlyDictionary<string, string> rules, string otherwise)
    {
        offices = new(rules);
        Otherwise = otherwise;
        Rules =
        [
            .. rules
                .Select(r => new RoutingRule(r.Key, r.Value))
                .OrderByDescending(r => r.Category.Length)
                .ThenBy(r => r.Category, StringComparer.Ordinal),
        ];
    }

    /// <summary>The rules in the order in which they apply: the first that fits decides.</summary>
    public IReadOnlyList<RoutingRule> Rules { get; }

    /// <summary>Code of the office for all that has no rule.</summary>
    public string Otherwise { get; }

    /// <summary>Code of the office that answers for a category.</summary>
    public string OfficeFor(string? category)
    {
        for (var code = category ?? ""; code.Length >= 2; code = code[..^2])
            if (offices.TryGetValue(code, out var office))
                return office;
        return Otherwise;
    }

    /// <summary>The office that a category's own rule names; null where it has none.</summary>
    public string? Of(string category) => offices.GetValueOrDefault(category);

    /// <summary>The same rules but for one category; null takes its rule away.</summary>
    public RoutingRules With(string category, string? office)
    {
        var changed = new Dictionary<string, string>(offices);
        if (office is null)
            changed.Remove(category);
        else
            changed[category] = office;
        return new(changed, Otherwise);
    }
}
