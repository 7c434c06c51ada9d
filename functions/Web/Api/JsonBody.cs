using System.Text.Json;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Web.Api;

/// <summary>Reads JSON bodies with bounds, and says where one is wrong.</summary>
internal static class JsonBody
{
    private const int MostBytes = 512 * 1024;
    private static readonly JsonSerializerOptions Bounded = new(DocumentJson.Options)
    {
        MaxDepth = 16,
    };

    public static async Task<(T? Value, IResult? Fault)> ReadAsync<T>(
        HttpRequest request,
        CancellationToken cancellation
    )
        where T : class
    {
        if (request.ContentLength > MostBytes)
            return (null, TooLarge());
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + read > MostBytes)
                return (null, TooLarge());
            buffer.Write(chunk, 0, read);
        }
        if (buffer.Length == 0)
            return (
                null,
                Problems.Of(
                    new Rejection("body.empty", null, "请求没有内容。", "The request has no body.")
                )
            );
        try
        {
            var value = JsonSerializer.Deserialize<T>(
                buffer.GetBuffer().AsSpan(0, (int)buffer.Length),
                Bounded
            );
            return value is null
                ? (
                    null,
                    Problems.Of(
                        new Rejection(
                            "json.null",
                            null,
                            "请求内容是 null。",
                            "The request's body is null."
                        )
                    )
                )
                : (value, null);
        }
        catch (JsonException e)
        {
            var field = e.Path?.TrimStart('$', '.');
            return (
                null,
                Problems.Of(
                    new Rejection(
                        "json.invalid",
                        string.IsNullOrEmpty(field) ? null : field,
                        $"不是有效的 JSON，或字段类型不对（第 {e.LineNumber + 1} 行）。",
                        $"This is no valid JSON, or a field is of the wrong type (line {e.LineNumber + 1})."
                    )
                )
            );
        }
    }

    private static IResult TooLarge() =>
        Problems.Of(
            new Rejection(
                "body.tooLarge",
                null,
                $"请求超过 {MostBytes / 1024} KiB。",
                $"The request is larger than {MostBytes / 1024} KiB."
            )
            {
                Status = 413,
            }
        );
}
