using System.Globalization;

namespace OpinionPipeline.Pipeline.Accounts;

/// <summary>Reads <c>points.csv</c> line by line.</summary>
internal static class PointFile
{
    public const string Name = "points.csv";

    private static readonly Dictionary<string, PointEvent> Events = Enum.GetValues<PointEvent>()
        .ToDictionary(e => e.ToString().ToLowerInvariant());

    /// <exception cref="InvalidDataException">Names line and field.</exception>
    public static PointRules Read(IEnumerable<(int Line, Func<string, string> Field)> rows)
    {
        var rules = new Dictionary<(DateOnly, PointEvent), PointRule>();
        foreach (var (line, field) in rows)
        {
            var rule = Rule(line, field);
            if (!rules.TryAdd((rule.From, rule.Event), rule))
                throw Fault(
                    line,
                    "event",
                    field("event"),
                    $"stands there twice from {field("from")}"
                );
        }
        return new([.. rules.Values]);
    }

    private static PointRule Rule(int line, Func<string, string> field)
    {
        if (!DateOnly.TryParseExact(field("from"), "yyyy-MM-dd", out var from))
            throw Fault(line, "from", field("from"), "is not a day such as 2026-01-01");
        if (!Events.TryGetValue(field("event"), out var what))
            throw Fault(
                line,
                "event",
                field("event"),
                $"is none of {string.Join(", ", Events.Keys)}"
            );
        return new(
            from,
            what,
            Number(line, "points", field("points"), 10_000),
            // What a rule never looks at is refused: whoever wrote it there expects something of it.
            Share("combined", what is not (PointEvent.Submitted or PointEvent.Instruction)),
            Share("joint", what != PointEvent.Submitted)
        );

        decimal Share(string name, bool used) =>
            field(name) switch
            {
                "" => 1,
                var value when used => Number(line, name, value, 1),
                var value => throw Fault(
                    line,
                    name,
                    value,
                    $"has no meaning for {field("event")}; leave it empty"
                ),
            };
    }

    private static decimal Number(int line, string field, string value, decimal most) =>
        decimal.TryParse(
            value,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
        && number <= most
            ? number
            : throw Fault(line, field, value, $"is not a number from 0 to {most}");

    private static InvalidDataException Fault(int line, string field, string value, string what) =>
        new($"{Name}, line {line}: {field} '{value}' {what}.");
}
