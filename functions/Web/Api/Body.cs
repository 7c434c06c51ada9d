using System.Text.Json;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Web.Api;

/// <summary>Reads bodies with bounds, and says where JSON is wrong.</summary>
internal static class Body
{
    private const int MostJson = 512 * 1024;

    /// <summary>Most bytes of minutes.</summary>
    public const int MostDocument = 20 << 20;
    private static readonly JsonSerializerOptions Bounded = new(DocumentJson.Options)
    {
        MaxDepth = 16,
    };

    /// <summary>The whole body, or why not.</summary>
    public static async Task<(MemoryStream? Content, IResult? Fault)> ReadAsync(
        HttpRequest request,
        int most,
        CancellationToken cancellation
    )
    {
        if (request.ContentLength > most)
            return (null, TooLarge(most));
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + read > most)
                return (null, TooLarge(most));
            buffer.Write(chunk, 0, read);
        }
        buffer.Position = 0;
        return (buffer, null);
    }

    /// <summary>The body as JSON, or why not; a missing body is <paramref name="absent"/>, or a fault where that is null.</summary>
    public static async Task<(T? Value, IResult? Fault)> JsonAsync<T>(
        HttpRequest request,
        CancellationToken cancellation,
        T? absent = null
    )
        where T : class
    {
        var (buffer, fault) = await ReadAsync(request, MostJson, cancellation);
        if (buffer is null)
            return (null, fault);
        if (buffer.Length == 0)
            return absent is not null
                ? (absent, null)
                : (
                    null,
                    Problems.Of(
                        new Rejection(
                            "body.empty",
                            null,
                            "请求没有内容。",
                            "The request has no body."
                        )
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

    private static IResult TooLarge(int most) =>
        Problems.Of(
            new Rejection(
                "body.tooLarge",
                null,
                $"请求超过 {most / 1024} KiB。",
                $"The request is larger than {most / 1024} KiB."
            )
            {
                Status = 413,
            }
        );
}
