using System.Net;
using OpinionPipeline.Local.Tests.Servers;

namespace OpinionPipeline.Local.Tests.Api;

/// <summary>Whoever only looks whether something is there gets GET's answer without its body.</summary>
public sealed class HeadTests(ApiServer api)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<HttpResponseMessage> HeadAsync(HttpClient client, string path) =>
        client.SendAsync(new(HttpMethod.Head, path), Token);

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/receipt")]
    [InlineData("/api/v1/offices")]
    [InlineData("/openapi/v1.json")]
    public async Task What_can_be_read_can_be_looked_for(string path)
    {
        using var get = await api.Committee.GetAsync(path, Token);
        using var head = await HeadAsync(api.Committee, path);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task What_is_not_there_or_not_for_this_key_says_so()
    {
        using var missing = await HeadAsync(api.Committee, "/api/v1/submissions/none");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var closed = await HeadAsync(api.Nobody, "/api/v1/reports");
        Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
    }

    [Fact]
    public async Task A_one_time_link_is_not_used_up_by_looking()
    {
        using var link = await HeadAsync(api.Nobody, "/sign-in/NONE");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, link.StatusCode);
    }
}
