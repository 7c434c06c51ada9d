namespace OpinionPipeline.CosmosStandIn;

/// <summary>A request as the REST interface defines it, however it came.</summary>
/// <param name="Path">Without query, no leading slash.</param>
/// <param name="Headers">Names in lower case.</param>
public sealed record Request(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body
)
{
    /// <summary>A header, or null.</summary>
    public string? this[string name] => Headers.GetValueOrDefault(name);

    /// <summary>True where the header says so.</summary>
    public bool Is(string name) => bool.TryParse(this[name], out var yes) && yes;
}

/// <summary>An answer.</summary>
public sealed record Response(int Status, byte[] Body)
{
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>An error of the documented form.</summary>
    public static Response Error(int status, string code, string message, int substatus = 0)
    {
        var response = new Response(
            status,
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { code, message })
        );
        if (substatus != 0)
            response.Headers["x-ms-substatus"] = $"{substatus}";
        return response;
    }
}
