using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpinionPipeline.Storage.Sqlite;

/// <summary>Where a page ended: the order field's value and the id, opaque to callers.</summary>
internal readonly record struct Place(object Order, string Id)
{
    public static Place Parse(string token)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<JsonElement[]>(Convert.FromBase64String(token))!;
            object order = parts[0].ValueKind switch
            {
                // A time's ticks are more than a double holds.
                JsonValueKind.Number when parts[0].TryGetInt64(out var whole) => whole,
                JsonValueKind.Number => parts[0].GetDouble(),
                _ => parts[0].GetString()!,
            };
            return new(order, parts[1].GetString()!);
        }
        catch (Exception e)
            when (e
                    is FormatException
                        or JsonException
                        or IndexOutOfRangeException
                        or InvalidOperationException
                        or ArgumentNullException
            )
        {
            throw None(e);
        }
    }

    /// <summary>The order and the number of a place that a query by keys gave.</summary>
    public (long Order, long Number) Numbers =>
        Order is long order && long.TryParse(Id, CultureInfo.InvariantCulture, out var number)
            ? (order, number)
            : throw None(null);

    private static ArgumentException None(Exception? cause) =>
        new("This is no place that an earlier page gave.", cause);

    public override string ToString() =>
        Convert.ToBase64String(
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { Order, Id }))
        );
}
