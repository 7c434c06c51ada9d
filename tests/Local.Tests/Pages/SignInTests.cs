using System.Net;
using OpinionPipeline.Local.Tests.Servers;

namespace OpinionPipeline.Local.Tests.Pages;

public sealed class SignInTests(ApiServer api)
{
    [Fact]
    public async Task A_key_typed_into_the_form_leads_to_the_overview() =>
        Assert.Equal(
            "/",
            await EnterAsync(api.Admin.DefaultRequestHeaders.Authorization!.Parameter!)
        );

    [Fact]
    public async Task A_station_and_an_office_begin_at_their_own_work()
    {
        Assert.Equal(
            "/submit",
            await EnterAsync(api.Station.DefaultRequestHeaders.Authorization!.Parameter!)
        );
        Assert.Equal(
            "/desk",
            await EnterAsync(api.Office.DefaultRequestHeaders.Authorization!.Parameter!)
        );
    }

    [Fact]
    public async Task A_wrong_key_leads_back_to_the_form() =>
        Assert.Equal("/sign-in", await EnterAsync("op_0000"));

    private async Task<string> EnterAsync(string key)
    {
        var token = TestContext.Current.CancellationToken;
        // Keeps the cookie and follows where it is sent.
        using var reader = new HttpClient { BaseAddress = api.Admin.BaseAddress };
        using var form = new FormUrlEncodedContent([new("key", key)]);
        var page = await reader.PostAsync("/sign-in", form, token);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return page.RequestMessage!.RequestUri!.AbsolutePath;
    }
}
