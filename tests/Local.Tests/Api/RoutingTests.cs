using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpinionPipeline.Local.Tests.Servers;

namespace OpinionPipeline.Local.Tests.Api;

public sealed class RoutingTests(ApiServer api)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_rule_is_tried_and_the_rules_stay_as_they_were()
    {
        var sent = await api.Station.PostAsJsonAsync(
            "/api/v1/submissions",
            new
            {
                title = "石桥村的路面塌了",
                body = "石桥村口的路面塌了一个坑，摩托车摔过两回，请尽快修补路面。",
            },
            Token
        );
        var id = (await ReadAsync(sent)).GetProperty("id").GetString()!;
        var processed = await ApiServer.ProcessedAsync(api.Committee, id, Token);
        var category = processed.GetProperty("category").GetProperty("code").GetString()!;
        var office = processed.GetProperty("office").GetProperty("code").GetString()!;
        var other = office == "O01" ? "O02" : "O01";
        var before = await RulesAsync();

        var trial = await ReadAsync(
            await TryAsync(
                new
                {
                    category,
                    office = other,
                    last = 5000,
                }
            )
        );
        Assert.Contains(
            trial.GetProperty("first").EnumerateArray(),
            i =>
                i.GetProperty("before").GetString() == office
                && i.GetProperty("after").GetString() == other
        );
        Assert.Contains(
            trial.GetProperty("offices").EnumerateArray(),
            o => o.GetProperty("office").GetString() == other
        );
        Assert.Equal(before, await RulesAsync());
    }

    [Fact]
    public async Task A_whole_file_is_tried_and_a_wrong_one_says_where()
    {
        var trial = await ReadAsync(await TryAsync(new { file = "category,office\n01,O01\n" }));
        Assert.True(trial.GetProperty("rules").GetArrayLength() > 0);
        var refused = await TryAsync(new { file = "category,office\n01,X99\n" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Line 2", await refused.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task An_administrator_alone_may_ask()
    {
        var answer = await api.Committee.GetAsync("/api/v1/admin/routing", Token);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private Task<HttpResponseMessage> TryAsync(object asked) =>
        api.Admin.PostAsJsonAsync("/api/v1/admin/routing/try", asked, Token);

    private Task<string> RulesAsync() => api.Admin.GetStringAsync("/api/v1/admin/routing", Token);

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }
}
