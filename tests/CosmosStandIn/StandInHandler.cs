using System.Net;

namespace OpinionPipeline.CosmosStandIn;

/// <summary>Gives an SDK's HTTP client the stand-in in the same process.</summary>
public sealed class StandInHandler(Account account) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var headers = request
            .Headers.Concat(
                request.Content?.Headers
                    ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()
            )
            .ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(',', h.Value));
        var body = request.Content is null
            ? []
            : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var answer =
            account.Answer(
                new(request.Method.Method, request.RequestUri!.AbsolutePath, headers, body)
            )
            ?? throw new HttpRequestException("The connection was closed before the answer came.");
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            Content = new ByteArrayContent(answer.Body),
            RequestMessage = request,
        };
        response.Content.Headers.ContentType = new("application/json");
        foreach (var (name, value) in answer.Headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }
}
