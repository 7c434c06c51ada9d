using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpinionPipeline.Local.Tests.Servers;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Rendering;

namespace OpinionPipeline.Local.Tests.Api;

/// <summary>A month's account over the API.</summary>
public sealed class AccountTests(ApiServer api)
{
    private static readonly string Month = $"{LocalTime.DayOf(DateTimeOffset.UtcNow):yyyy-MM}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_committee_reads_a_month_as_JSON_and_takes_it_as_a_Word_file()
    {
        var route = $"/api/v1/accounts/{Month}";
        var account = await api.Committee.GetFromJsonAsync<JsonElement>(route, Token);
        Assert.StartsWith(Month, account.GetProperty("month").GetString());
        var all = account.GetProperty("all").GetProperty("count").GetInt32();
        foreach (var part in new[] { "channels", "categories", "townships", "stations" })
            Assert.Equal(
                all,
                account
                    .GetProperty(part)
                    .EnumerateArray()
                    .Sum(l => l.GetProperty("count").GetInt32())
            );
        Assert.Equal(JsonValueKind.Array, account.GetProperty("overdue").ValueKind);

        using var asked = new HttpRequestMessage(HttpMethod.Get, route);
        asked.Headers.Accept.ParseAdd(DocxWriter.MediaType);
        using var word = await api.Committee.SendAsync(asked, Token);
        Assert.Equal(DocxWriter.MediaType, word.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"account-{Month}.docx", word.Content.Headers.ContentDisposition!.FileName);
    }

    [Theory]
    [InlineData("2999-01")]
    [InlineData("november")]
    public async Task A_month_that_has_not_begun_or_is_none_is_not_there(string month)
    {
        var answer = await api.Committee.GetAsync($"/api/v1/accounts/{month}", Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_but_the_committee_reads_it()
    {
        foreach (var client in new[] { api.Station, api.Office, api.Trainer })
            Assert.Equal(
                HttpStatusCode.Forbidden,
                (await client.GetAsync($"/api/v1/accounts/{Month}", Token)).StatusCode
            );
    }
}
