using System.Net.Http.Json;
using System.Text.Json;
using OpinionPipeline.Tests.Pictures;

namespace OpinionPipeline.Browser.Tests;

/// <summary>Something for every page to show, made once.</summary>
internal static class Samples
{
    private static readonly SemaphoreSlim One = new(1);
    private static Dictionary<string, string>? made;

    /// <summary>The ids that stand for the names in addresses.</summary>
    public static async Task<Dictionary<string, string>> MadeAsync(
        Site site,
        CancellationToken cancellation
    )
    {
        await One.WaitAsync(cancellation);
        try
        {
            return made ??= await MakeAsync(site, cancellation);
        }
        finally
        {
            One.Release();
        }
    }

    private static async Task<Dictionary<string, string>> MakeAsync(
        Site site,
        CancellationToken cancellation
    )
    {
        var (id, receipt) = await site.SubmitAsync(
            "station",
            new
            {
                title = "双石村小学门口没有斑马线",
                body = "双石村小学门口车多，没有斑马线，孩子过马路很危险，请划上斑马线。",
                place = "双石村",
            },
            cancellation
        );
        using (var sender = site.Client("station"))
            foreach (var seed in new[] { 0, 3 })
                await ReadAsync(
                    await sender.PostAsync(
                        $"/api/v1/submissions/{id}/photos",
                        new ByteArrayContent(Pictures.Draw(seed: seed))
                        {
                            Headers = { ContentType = new("image/jpeg") },
                        },
                        cancellation
                    ),
                    cancellation
                );
        // Something that waits for a person, and something that two people see differently.
        var (review, _) = await site.SubmitAsync(
            "station",
            new
            {
                title = "法院判决以后钱还没拿到",
                body = "去年打官司赢了，判决赔工钱，法院迟迟不给办，判决书在家里放了半年。",
                place = "双石村",
            },
            cancellation
        );
        var (disputed, _) = await site.SubmitAsync(
            "station",
            new { title = "校车", body = "村里的孩子上学没有校车，走路要一个小时，请安排校车。" },
            cancellation
        );
        foreach (var (account, category) in new[] { ("trainer", "02"), ("committee", "04") })
        {
            using var labeller = site.Client(account);
            await ReadAsync(
                await labeller.PostAsJsonAsync(
                    "/api/v1/labels",
                    new { submissionId = disputed, category },
                    cancellation
                ),
                cancellation
            );
        }
        using var station = site.Client("station");
        var forum = await ReadAsync(
            await station.PostAsJsonAsync(
                "/api/v1/forums",
                new
                {
                    title = "双石村秋季恳谈会",
                    place = "双石村村委会",
                    announcement = "上午九点开始，人人可以发言。",
                },
                cancellation
            ),
            cancellation
        );
        var forumId = forum.GetProperty("id").GetString()!;
        await ReadAsync(
            await station.PostAsJsonAsync(
                $"/api/v1/forums/{forumId}/items",
                new
                {
                    items = new object[]
                    {
                        new { body = "三组的灌溉渠堵了半年，水稻放不到水。" },
                        new
                        {
                            body = "村卫生室周末不开门，老人买药要跑镇上。",
                            outcome = "settled",
                            answer = "卫生室从本周起周末值班。",
                            answeredBy = "镇卫生院",
                        },
                    },
                },
                cancellation
            ),
            cancellation
        );
        using var minutes = new StringContent(
            "王主任：今天大家有话直说。\n村民：村口路灯坏了两个月，晚上走路看不见。\n"
        );
        await ReadAsync(
            await station.PostAsync($"/api/v1/forums/{forumId}/items", minutes, cancellation),
            cancellation
        );
        var issue = await site.GiveAsync(id, "01", "O01", cancellation);
        var (other, _) = await site.SubmitAsync(
            "station",
            new
            {
                title = "镇卫生院夜里没有人值班",
                body = "镇卫生院夜里没有人值班，孩子发烧只能去县里。",
            },
            cancellation
        );
        var handedBack = await site.GiveAsync(other, "01", "O01", cancellation);
        using var office = site.Client("office");
        await ReadAsync(
            await office.PostAsJsonAsync(
                $"/api/v1/issues/{handedBack}/handback",
                new { reason = "卫生院的值班由卫生健康部门安排。" },
                cancellation
            ),
            cancellation
        );
        var (recurring, report) = await ReportAsync(
            site,
            "柳湾村加油站旁的燃气管",
            [
                "漏了一个月，闻得到味，住户不敢开火。",
                "外皮锈穿，用手一碰就掉渣，原因是十几年没有换过。",
                "没有围挡，小孩常在旁边放鞭炮。建议尽快更换并设警示牌。",
            ],
            cancellation
        );
        var (adopted, told) = await AdoptedAsync(
            site,
            "青石镇敬老院的锅炉",
            [
                "半夜冒黑烟，老人呛得睡不着。",
                "压力表坏了半年，原因是一直没有年检。",
                "没有专人看管，请尽快检修并派人值守。",
            ],
            cancellation
        );
        return new()
        {
            ["adopted"] = adopted,
            ["told"] = told,
            ["recurring"] = recurring,
            ["report"] = report,
            ["issue"] = issue,
            ["handedBack"] = handedBack,
            ["id"] = id,
            ["receipt"] = receipt,
            ["forum"] = forumId,
            ["review"] = review,
        };
    }

    /// <summary>A matter of safety that two stations forward in several ways, with the report drafted on it.</summary>
    public static async Task<(string Issue, string Report)> ReportAsync(
        Site site,
        string subject,
        string[] said,
        CancellationToken cancellation
    )
    {
        string? issue = null;
        var ids = new List<string>();
        foreach (var (i, text) in said.Index())
        {
            var (id, _) = await site.SubmitAsync(
                i == 1 ? "recorder" : "station",
                new
                {
                    title = subject + text[..4],
                    body = subject + text,
                    joins = issue,
                },
                cancellation
            );
            issue ??= (await site.ProcessedAsync(id, cancellation))
                .GetProperty("issueId")
                .GetString();
            ids.Add(id);
        }
        foreach (var id in ids)
            await site.GiveAsync(id, "0101", null, cancellation);
        using var committee = site.Client("committee");
        while (true)
        {
            var now = await committee.GetFromJsonAsync<JsonElement>(
                $"/api/v1/issues/{issue}",
                cancellation
            );
            if (now.TryGetProperty("reportId", out var report) && report.GetString() is { } drafted)
                return (issue!, drafted);
            await Task.Delay(200, cancellation);
        }
    }

    /// <summary>A report that the city took up and the committee gave an instruction on.</summary>
    /// <returns>The report, and the submission of the account "station" that it quotes first.</returns>
    public static async Task<(string Report, string Submission)> AdoptedAsync(
        Site site,
        string subject,
        string[] said,
        CancellationToken cancellation
    )
    {
        var (_, report) = await ReportAsync(site, subject, said, cancellation);
        using var committee = site.Client("committee");
        foreach (
            var (what, body) in new (string, object)[]
            {
                ("submit", new { }),
                ("adopt", new { level = "city", combined = true }),
                ("instruct", new { text = "请一周内办结并回复。", office = "O01" }),
            }
        )
            await ReadAsync(
                await committee.PostAsJsonAsync(
                    $"/api/v1/reports/{report}/{what}",
                    body,
                    cancellation
                ),
                cancellation
            );
        var sources = (
            await committee.GetFromJsonAsync<JsonElement>($"/api/v1/reports/{report}", cancellation)
        ).GetProperty("sources");
        return (report, sources[0].GetString()!);
    }

    private static async Task<JsonElement> ReadAsync(
        HttpResponseMessage answer,
        CancellationToken cancellation
    )
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
