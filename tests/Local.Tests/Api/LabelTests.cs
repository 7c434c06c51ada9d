using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpinionPipeline.Local.Tests.Servers;

namespace OpinionPipeline.Local.Tests.Api;

public sealed class LabelTests(ApiServer api)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<string> SubmitAsync(string body)
    {
        var answer = await api.Station.PostAsJsonAsync("/api/v1/submissions", new { body }, Token);
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(Token))
            .GetProperty("id")
            .GetString()!;
        await ApiServer.ProcessedAsync(api.Station, id, Token);
        return id;
    }

    private static Task<HttpResponseMessage> LabelAsync(
        HttpClient who,
        string? id,
        string? category
    ) => who.PostAsJsonAsync("/api/v1/labels", new { submissionId = id, category }, Token);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(Token);

    [Fact]
    public async Task A_label_moves_the_submission_and_its_issue_at_once_and_keeps_what_the_model_said()
    {
        var id = await SubmitAsync("后山采石场放炮震裂了我们组三户人家的墙");
        var before = await ApiServer.ProcessedAsync(api.Station, id, Token);
        var model = before.GetProperty("category").GetProperty("code").GetString();
        var wanted = model == "06" ? "03" : "06";
        var answer = await LabelAsync(api.Committee, id, wanted);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var label = (await JsonAsync(answer)).GetProperty("labels")[0];
        Assert.Equal(model, label.GetProperty("model").GetProperty("category").GetString());
        Assert.Equal("m0001", label.GetProperty("model").GetProperty("version").GetString());

        var after = await ApiServer.ProcessedAsync(api.Station, id, Token);
        Assert.Equal(wanted, after.GetProperty("category").GetProperty("code").GetString());
        Assert.Equal(1, after.GetProperty("category").GetProperty("confidence").GetDouble());
        Assert.False(after.GetProperty("needsReview").GetBoolean());
        var issue = after.GetProperty("issueId").GetString();
        for (var tries = 0; ; tries++)
        {
            var told = await api.Committee.GetFromJsonAsync<JsonElement>(
                $"/api/v1/issues/{issue}",
                Token
            );
            if (told.GetProperty("category").GetString() == wanted)
                break;
            Assert.True(tries < 100, "The issue did not follow.");
            await Task.Delay(50, Token);
        }
    }

    [Fact]
    public async Task A_label_of_the_second_level_is_sure_and_routes_by_the_longest_rule()
    {
        var id = await SubmitAsync("城西那一片的路灯整条街不亮，晚上接孩子要打手电筒");
        var said = (await ApiServer.ProcessedAsync(api.Station, id, Token)).GetProperty("category");
        // The model always has a suggestion, below what it takes for the first level.
        var guess = said.GetProperty("finer");
        Assert.StartsWith(
            said.GetProperty("code").GetString()!,
            guess.GetProperty("code").GetString(),
            StringComparison.Ordinal
        );
        Assert.InRange(guess.GetProperty("confidence").GetDouble(), 0.05, 1);

        var answer = await JsonAsync(await LabelAsync(api.Committee, id, "0103"));
        Assert.Equal("O03", answer.GetProperty("office").GetString());
        var after = await ApiServer.ProcessedAsync(api.Station, id, Token);
        var finer = after.GetProperty("category").GetProperty("finer");
        Assert.Equal("0103", finer.GetProperty("code").GetString());
        Assert.Equal("城乡规划", finer.GetProperty("name").GetString());
        Assert.True(finer.GetProperty("sure").GetBoolean());
        Assert.Equal("O03", after.GetProperty("office").GetProperty("code").GetString());
    }

    [Fact]
    public async Task People_who_disagree_stay_side_by_side_until_one_gives_way()
    {
        var id = await SubmitAsync("镇上的公交末班车太早，下晚自习的学生回不了家");
        await LabelAsync(api.Committee, id, "05");
        var second = await JsonAsync(await LabelAsync(api.Admin, id, "04"));
        Assert.True(second.GetProperty("disagreed").GetBoolean());
        Assert.Equal(2, second.GetProperty("labels").GetArrayLength());
        Assert.Contains(id, await DisagreedAsync());

        // Both labels tell what the model had said, not what the other person did.
        var models = second
            .GetProperty("labels")
            .EnumerateArray()
            .Select(l => l.GetProperty("model").GetProperty("version").GetString());
        Assert.Equal(["m0001", "m0001"], models);

        await LabelAsync(api.Admin, id, "05");
        Assert.DoesNotContain(id, await DisagreedAsync());
    }

    private async Task<List<string?>> DisagreedAsync() =>
        [
            .. (
                await api.Committee.GetFromJsonAsync<JsonElement>(
                    "/api/v1/labels?disagreed=true",
                    Token
                )
            )
                .GetProperty("items")
                .EnumerateArray()
                .Select(l => l.GetProperty("submissionId").GetString()),
        ];

    [Fact]
    public async Task What_is_wrong_with_a_label_is_named_by_field_and_stations_may_not_label()
    {
        var id = await SubmitAsync("村口的健身器材锈断了，孩子玩容易受伤");
        var unknown = await LabelAsync(api.Committee, id, "999");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        var problem = await JsonAsync(unknown);
        Assert.Equal("category.unknown", problem.GetProperty("code").GetString());
        Assert.Equal("category", problem.GetProperty("errors")[0].GetProperty("field").GetString());
        var missing = await LabelAsync(api.Committee, "202601-0000000000000000", "05");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(
            "submissionId",
            (await JsonAsync(missing)).GetProperty("errors")[0].GetProperty("field").GetString()
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await LabelAsync(api.Station, id, "05")).StatusCode
        );
    }

    [Fact]
    public async Task The_next_to_label_wait_for_a_person_and_are_not_twice_the_same()
    {
        var text = "关于那个事情大家都很关心，请有关方面给个说法，我们等了很久了";
        var first = await SubmitAsync(text);
        await SubmitAsync(text + "！！");
        var next = (
            await api.Committee.GetFromJsonAsync<JsonElement>("/api/v1/labels/next?n=100", Token)
        )
            .GetProperty("items")
            .EnumerateArray()
            .ToList();
        Assert.Contains(next, s => s.GetProperty("id").GetString() == first);
        Assert.Single(
            next,
            s => s.GetProperty("body").GetString()!.StartsWith("关于那个", StringComparison.Ordinal)
        );
        await LabelAsync(api.Committee, first, "05");
        var left = await api.Committee.GetStringAsync("/api/v1/labels/next?n=100", Token);
        Assert.DoesNotContain(first, left, StringComparison.Ordinal);
    }
}
