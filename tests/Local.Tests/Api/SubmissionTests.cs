using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpinionPipeline.Local.Tests.Servers;

namespace OpinionPipeline.Local.Tests.Api;

public sealed class SubmissionTests(ApiServer api)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static object Leak(string place) =>
        new
        {
            title = $"{place}水管漏水",
            body = $"{place}的水管漏了半个月，满街都是水。我叫王小明，电话13800138000。",
            reporter = new { name = "王小明", phone = "13800138000" },
        };

    [Fact]
    public async Task A_submission_is_taken_masked_classified_and_attached_to_an_issue()
    {
        var answer = await api.Station.PostAsJsonAsync(
            "/api/v1/submissions",
            Leak("文庙街"),
            Token
        );
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var accepted = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("received", accepted.GetProperty("status").GetString());

        var submission = await ApiServer.ProcessedAsync(
            api.Station,
            accepted.GetProperty("id").GetString()!,
            Token
        );
        var body = submission.GetProperty("body").GetString()!;
        Assert.DoesNotContain("王小明", body, StringComparison.Ordinal);
        Assert.DoesNotContain("13800138000", submission.GetRawText(), StringComparison.Ordinal);
        Assert.NotEmpty(submission.GetProperty("category").GetProperty("code").GetString()!);
        Assert.NotEmpty(submission.GetProperty("office").GetProperty("name").GetString()!);
        var issue = await api.Committee.GetFromJsonAsync<JsonElement>(
            $"/api/v1/issues/{submission.GetProperty("issueId").GetString()}",
            Token
        );
        Assert.Contains(
            issue.GetProperty("members").EnumerateArray(),
            m => m.GetProperty("id").GetString() == submission.GetProperty("id").GetString()
        );

        var receipt = await api.Nobody.GetFromJsonAsync<JsonElement>(
            $"/api/v1/receipts/{accepted.GetProperty("receipt").GetString()!.ToLowerInvariant()}",
            Token
        );
        Assert.Equal(["status"], receipt.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Whoever_submits_may_say_to_which_issue_it_belongs()
    {
        var first = await SubmitAsync(new { body = "柳树巷的化粪池满了往外溢。" });
        var issue = first.GetProperty("issueId").GetString()!;
        var joined = await SubmitAsync(
            new { body = "巷子里臭得开不了窗，孩子都咳嗽。", joins = issue }
        );
        Assert.Equal(issue, joined.GetProperty("issueId").GetString());

        var refused = await api.Station.PostAsJsonAsync(
            "/api/v1/submissions",
            new { body = "并到没有的议题里", joins = "I202601-0000000000000000" },
            Token
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(
            "joins.unknown",
            (await refused.Content.ReadFromJsonAsync<JsonElement>(Token))
                .GetProperty("code")
                .GetString()
        );
    }

    private async Task<JsonElement> SubmitAsync(object submission)
    {
        var answer = await api.Station.PostAsJsonAsync("/api/v1/submissions", submission, Token);
        var accepted = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        return await ApiServer.ProcessedAsync(
            api.Station,
            accepted.GetProperty("id").GetString()!,
            Token
        );
    }

    [Fact]
    public async Task The_same_key_again_gives_the_same_answer_and_other_content_is_refused()
    {
        var first = await SendAsync("key-1", Leak("纺织路"));
        var second = await SendAsync("key-1", Leak("纺织路"));
        var other = await SendAsync("key-1", Leak("沿河路"));
        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        var (a, b) = (
            await first.Content.ReadFromJsonAsync<JsonElement>(Token),
            await second.Content.ReadFromJsonAsync<JsonElement>(Token)
        );
        Assert.Equal(a.GetProperty("id").GetString(), b.GetProperty("id").GetString());
        Assert.Equal(a.GetProperty("receipt").GetString(), b.GetProperty("receipt").GetString());
        Assert.Equal((HttpStatusCode)422, other.StatusCode);
        Assert.Equal(
            "idempotencyKey.reused",
            (await other.Content.ReadFromJsonAsync<JsonElement>(Token))
                .GetProperty("code")
                .GetString()
        );
    }

    private Task<HttpResponseMessage> SendAsync(string key, object content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/submissions")
        {
            Content = JsonContent.Create(content),
        };
        request.Headers.Add("Idempotency-Key", key);
        return api.Station.SendAsync(request, Token);
    }

    [Theory]
    [InlineData("{}", "body.required", "body")]
    [InlineData("""{"body":"   "}""", "body.required", "body")]
    [InlineData(
        """{"body":"路坏了","occurredOn":"2999-01-01"}""",
        "occurredOn.future",
        "occurredOn"
    )]
    [InlineData("""{"body":"路坏了","occurredOn":"昨天"}""", "json.invalid", "occurredOn")]
    [InlineData("""{"body":"路坏了","station":"T01S01"}""", "station.notYours", "station")]
    [InlineData("""{"body":"路坏了\u0000"}""", "body.notText", "body")]
    [InlineData("not json", "json.invalid", null)]
    [InlineData("", "body.empty", null)]
    [InlineData(
        """{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}}}}}}}}}""",
        "json.invalid",
        null
    )]
    public async Task A_fault_is_named_with_its_field_in_both_languages(
        string json,
        string code,
        string? field
    )
    {
        var answer = await api.Station.PostAsync(
            "/api/v1/submissions",
            new StringContent(json, Encoding.UTF8, "application/json"),
            Token
        );
        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        var error = problem.GetProperty("errors")[0];
        Assert.NotEmpty(error.GetProperty("messageZh").GetString()!);
        Assert.NotEmpty(error.GetProperty("messageEn").GetString()!);
        if (field is not null)
            Assert.Equal(field, error.GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_body_of_a_megabyte_is_refused_as_too_large()
    {
        var answer = await api.Station.PostAsJsonAsync(
            "/api/v1/submissions",
            new { body = new string('路', 400_000) },
            Token
        );
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Keys_see_and_do_what_is_theirs()
    {
        var answer = await api.Station.PostAsJsonAsync(
            "/api/v1/submissions",
            Leak("西环路"),
            Token
        );
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(Token))
            .GetProperty("id")
            .GetString();
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await api.Nobody.GetAsync($"/api/v1/submissions/{id}", Token)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await api.OtherStation.GetAsync($"/api/v1/submissions/{id}", Token)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await api.Office.PostAsJsonAsync("/api/v1/submissions", Leak("西环路"), Token)
            ).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await api.Office.GetAsync("/api/v1/digests?office=O02", Token)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await api.Station.GetAsync("/api/v1/reports", Token)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await api.Committee.GetAsync("/api/v1/admin/poison", Token)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (await api.Admin.GetAsync("/api/v1/admin/poison", Token)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await api.Nobody.GetAsync("/api/v1/receipts/0000-0000-0000-0000", Token)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
                {
                    BaseAddress = api.Nobody.BaseAddress,
                }.GetAsync("/issues", Token)
            ).StatusCode
        );
    }

    [Fact]
    public async Task Issues_are_merged_split_and_put_back_without_losing_a_member()
    {
        var ids = new List<string>();
        foreach (
            var text in new[]
            {
                "新苑社区门口的窨井盖丢了，晚上很危险",
                "楠竹村今年竹子开花大片枯死，请林业专家来看看",
            }
        )
        {
            var answer = await api.Station.PostAsJsonAsync(
                "/api/v1/submissions",
                new { title = text[..8], body = text },
                Token
            );
            ids.Add(
                (await answer.Content.ReadFromJsonAsync<JsonElement>(Token))
                    .GetProperty("id")
                    .GetString()!
            );
        }
        var issues = new List<string>();
        foreach (var id in ids)
            issues.Add(
                (await ApiServer.ProcessedAsync(api.Station, id, Token))
                    .GetProperty("issueId")
                    .GetString()!
            );
        Assert.NotEqual(issues[0], issues[1]);

        var merged = await PostAsync($"/api/v1/issues/{issues[1]}/merge", new { into = issues[0] });
        Assert.Equal(2, merged.GetProperty("count").GetInt32());
        Assert.Equal(
            issues[0],
            (
                await api.Committee.GetFromJsonAsync<JsonElement>(
                    $"/api/v1/issues/{issues[1]}",
                    Token
                )
            )
                .GetProperty("id")
                .GetString()
        );

        var back = await PostAsync($"/api/v1/issues/{issues[0]}/undo", new { });
        Assert.Equal(1, back.GetProperty("count").GetInt32());
        var again = await api.Committee.GetFromJsonAsync<JsonElement>(
            $"/api/v1/issues/{issues[1]}",
            Token
        );
        Assert.Equal(issues[1], again.GetProperty("id").GetString());
        Assert.Equal(ids[1], again.GetProperty("members")[0].GetProperty("id").GetString());

        await PostAsync($"/api/v1/issues/{issues[1]}/merge", new { into = issues[0] });
        var split = await PostAsync(
            $"/api/v1/issues/{issues[0]}/split",
            new { members = new[] { ids[1] } }
        );
        Assert.Equal(1, split.GetProperty("count").GetInt32());
        Assert.NotEqual(issues[0], split.GetProperty("id").GetString());
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        var answer = await api.Committee.PostAsJsonAsync(path, body, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }
}
