using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpinionPipeline.Local.Tests.Servers;

namespace OpinionPipeline.Local.Tests.Api;

public sealed class ForumTests(ApiServer api)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<string> OpenAsync(string title)
    {
        var answer = await api.Station.PostAsJsonAsync(
            "/api/v1/forums",
            new
            {
                title,
                place = "石桥镇",
                heldOn = "2026-09-10",
            },
            Token
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token))
            .GetProperty("id")
            .GetString()!;
    }

    private async Task<JsonElement> PostAsync(string path, HttpContent content)
    {
        var answer = await api.Station.PostAsync(path, content, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private async Task<JsonElement> MemberAsync(string submissionId)
    {
        var submission = await ApiServer.ProcessedAsync(api.Station, submissionId, Token);
        return submission;
    }

    [Fact]
    public async Task Only_what_was_left_unsettled_goes_up_and_the_rest_is_answered_on_its_receipt()
    {
        var forum = await OpenAsync("麻石村恳谈会");
        var items = $"/api/v1/forums/{forum}/items";
        var up = await PostAsync(
            items,
            JsonContent.Create(new { title = "水泵坏了", body = "麻石村三组的抽水泵坏了两个月" })
        );
        var settled = await PostAsync(
            items,
            JsonContent.Create(
                new
                {
                    title = "证明开不到",
                    body = "麻石村开居住证明跑了三趟都没有开到",
                    outcome = "settled",
                    answer = "现场已开具",
                    answeredBy = "镇便民中心",
                }
            )
        );
        Assert.True(up.GetProperty("escalates").GetBoolean());
        Assert.False(settled.GetProperty("escalates").GetBoolean());
        var answered = await MemberAsync(settled.GetProperty("submissionId").GetString()!);
        Assert.Equal("现场已开具", answered.GetProperty("reply").GetProperty("text").GetString());

        // Settled later by the office at the table: it comes down again, once processed anew.
        var id = up.GetProperty("submissionId").GetString()!;
        await MemberAsync(id);
        var resolved = await PostAsync(
            $"{items}/1/resolve",
            JsonContent.Create(new { answer = "水泵当场换好" })
        );
        Assert.Equal("settled", resolved.GetProperty("outcome").GetString());
        Assert.False(resolved.GetProperty("escalates").GetBoolean());
        var now = await MemberAsync(id);
        Assert.Equal("水泵当场换好", now.GetProperty("reply").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Minutes_are_cut_by_speaker_and_become_submissions_only_when_confirmed()
    {
        var forum = await OpenAsync("上坝村恳谈会");
        var minutes = """
            上坝村社情民意恳谈会记录
            时间：2026年9月10日
            地点：村部
            主持人：今天请大家畅所欲言。
            村民周大山：我们二组到河边的机耕路被水冲断了，收割机下不了田，电话13800138000。
            镇农办负责人：已经列入冬修计划，年底前修好。
            李桂英：村卫生室的药不全，感冒药都没有。
            镇卫生院院长：当场解决，明天就送药来。
            """;
        var drafts = (
            await PostAsync(
                $"/api/v1/forums/{forum}/items",
                new StringContent(minutes, Encoding.UTF8, "text/plain")
            )
        )
            .GetProperty("items")
            .EnumerateArray()
            .ToList();
        Assert.Equal(2, drafts.Count);
        Assert.All(
            drafts,
            d => Assert.Equal(JsonValueKind.Undefined, Property(d, "submissionId").ValueKind)
        );
        Assert.Equal("promised", drafts[0].GetProperty("outcome").GetString());
        Assert.Equal("settled", drafts[1].GetProperty("outcome").GetString());
        Assert.DoesNotContain("13800138000", drafts[0].GetRawText(), StringComparison.Ordinal);

        // The same minutes again are the same drafts.
        var again = await PostAsync(
            $"/api/v1/forums/{forum}/items",
            new StringContent(minutes, Encoding.UTF8, "text/plain")
        );
        Assert.Equal(2, again.GetProperty("items").GetArrayLength());

        var confirmed = await PostAsync(
            $"/api/v1/forums/{forum}/items/1/confirm",
            JsonContent.Create(new { outcome = "unsettled" })
        );
        Assert.True(confirmed.GetProperty("escalates").GetBoolean());
        await PostAsync($"/api/v1/forums/{forum}/items/2/discard", JsonContent.Create(new { }));
        var submission = await MemberAsync(confirmed.GetProperty("submissionId").GetString()!);
        Assert.Equal(forum, submission.GetProperty("forum").GetString());
        var states = (
            await api.Station.GetFromJsonAsync<JsonElement>($"/api/v1/forums/{forum}", Token)
        )
            .GetProperty("items")
            .EnumerateArray()
            .Select(i => i.GetProperty("state").GetString());
        Assert.Equal(["submitted", "discarded"], states);

        // Who spoke lies apart, is shown for a reason alone, and the look is on record.
        var original = $"/api/v1/submissions/{submission.GetProperty("id").GetString()}/original";
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await api.Station.GetAsync(original, Token)).StatusCode
        );
        var seen = await api.Station.GetFromJsonAsync<JsonElement>(
            original + "?reason=" + Uri.EscapeDataString("回访"),
            Token
        );
        Assert.Contains(
            "13800138000",
            seen.GetProperty("body").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("村民周大山", seen.GetProperty("reporter").GetProperty("name").GetString());
        var audit = await api.Admin.GetFromJsonAsync<JsonElement>(
            $"/api/v1/admin/audit?subject={submission.GetProperty("id").GetString()}",
            Token
        );
        Assert.Equal("private.read", audit.GetProperty("items")[0].GetProperty("what").GetString());
    }

    [Fact]
    public async Task Another_stations_forum_is_not_there()
    {
        var forum = await OpenAsync("石板冲恳谈会");
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await api.OtherStation.GetAsync($"/api/v1/forums/{forum}", Token)).StatusCode
        );
    }

    [Fact]
    public async Task A_submission_of_two_matters_is_split_and_its_parts_stand_for_it()
    {
        var answer = await api.Station.PostAsJsonAsync(
            "/api/v1/submissions",
            new
            {
                title = "两件事",
                body = "上坝村小学的围墙裂了一道缝，孩子天天从下面走。另外，村口到县城的快递点关了，取包裹要走八里路。",
            },
            Token
        );
        var accepted = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(
            "two-matters",
            accepted.GetProperty("notices")[0].GetProperty("code").GetString()
        );
        var id = accepted.GetProperty("id").GetString()!;
        var split = $"/api/v1/submissions/{id}/split";
        var refused = await api.Station.PostAsJsonAsync(
            split,
            new { parts = new[] { new { body = "上坝村小学的围墙裂了" }, new { body = "" } } },
            Token
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(
            "parts[1].body",
            (await refused.Content.ReadFromJsonAsync<JsonElement>(Token))
                .GetProperty("errors")[0]
                .GetProperty("field")
                .GetString()
        );

        var parts = (
            await PostAsync(
                split,
                JsonContent.Create(
                    new
                    {
                        parts = new[]
                        {
                            new { body = "上坝村小学的围墙裂了一道缝，孩子天天从下面走。" },
                            new { body = "村口到县城的快递点关了，取包裹要走八里路。" },
                        },
                    }
                )
            )
        )
            .GetProperty("splitInto")
            .EnumerateArray()
            .Select(p => p.GetString()!)
            .ToList();
        Assert.Equal(2, parts.Count);
        foreach (var part in parts)
            Assert.Equal(id, (await MemberAsync(part)).GetProperty("splitFrom").GetString());

        // A part that turns out to hold two matters is split again; what was split stays as it is.
        var half = new[]
        {
            new { body = "上坝村小学的围墙裂了一道缝。" },
            new { body = "孩子天天从围墙下面走。" },
        };
        var again = await PostAsync(
            $"/api/v1/submissions/{parts[0]}/split",
            JsonContent.Create(new { parts = half })
        );
        foreach (var part in again.GetProperty("splitInto").EnumerateArray())
            Assert.Equal(
                parts[0],
                (await MemberAsync(part.GetString()!)).GetProperty("splitFrom").GetString()
            );
        foreach (var done in new[] { id, parts[0] })
            Assert.Equal(
                HttpStatusCode.Conflict,
                (
                    await api.Station.PostAsJsonAsync(
                        $"/api/v1/submissions/{done}/split",
                        new { parts = half },
                        Token
                    )
                ).StatusCode
            );
    }

    [Fact]
    public async Task A_closed_session_takes_nothing_more_and_one_with_drafts_stays_open()
    {
        var forum = await OpenAsync("结束的会");
        var items = $"/api/v1/forums/{forum}/items";
        await PostAsync(items, new StringContent("村民：村口的变压器夜里嗡嗡响，睡不着。\n"));
        var close = $"/api/v1/forums/{forum}/close";
        var early = await api.Station.PostAsync(close, null, Token);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);

        await PostAsync($"{items}/1/discard", new StringContent(""));
        Assert.True(
            (await PostAsync(close, new StringContent(""))).TryGetProperty("closedAt", out _)
        );
        var late = await api.Station.PostAsJsonAsync(items, new { body = "散会以后的话" }, Token);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(
            "forum.closed",
            (await late.Content.ReadFromJsonAsync<JsonElement>(Token))
                .GetProperty("code")
                .GetString()
        );
    }

    private static JsonElement Property(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value : default;
}
