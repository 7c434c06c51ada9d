using System.ComponentModel.DataAnnotations;
using System.Globalization;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Privacy;

namespace OpinionPipeline.Pipeline.County;

/// <summary>How many days the county gives for what.</summary>
public sealed record Limits(DigestOptions Digests, RetentionOptions Retention);

/// <summary>Reads <c>limits.csv</c> line by line; what it does not name is as by default.</summary>
internal static class LimitFile
{
    public const string Name = "limits.csv";

    /// <exception cref="InvalidDataException">Names line and field.</exception>
    public static Limits Read(IEnumerable<(int Line, Func<string, string> Field)> rows)
    {
        var (digests, retention) = (new DigestOptions(), new RetentionOptions());
        var named = new HashSet<string>();
        foreach (var (line, field) in rows)
        {
            var limit = field("limit");
            if (!named.Add(limit))
                throw Fault(line, "limit", limit, "stands there twice");
            if (
                !int.TryParse(
                    field("days"),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var days
                )
            )
                throw Fault(line, "days", field("days"), "is not a number of days");
            (digests, retention) = limit switch
            {
                "reply" => (digests with { ReplyDays = days }, retention),
                "handBack" => (digests with { HandBackDays = days }, retention),
                "decide" => (digests with { DecideDays = days }, retention),
                "private" => (digests, retention with { PrivateDays = days }),
                _ => throw Fault(
                    line,
                    "limit",
                    limit,
                    "is none of reply, handBack, decide, private"
                ),
            };
            foreach (var options in new object[] { digests, retention })
                if (OutOfRange(options) is { } range)
                    throw Fault(line, "days", field("days"), $"is out of range. {range}");
        }
        return new(digests, retention);
    }

    private static string? OutOfRange(object options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), faults, validateAllProperties: true);
        return faults.FirstOrDefault()?.ErrorMessage;
    }

    private static InvalidDataException Fault(int line, string field, string value, string what) =>
        new($"{Name}, line {line}: {field} '{value}' {what}.");
}
