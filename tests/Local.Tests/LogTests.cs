using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using OpinionPipeline.Local.Tests.Servers;

namespace OpinionPipeline.Local.Tests;

/// <summary>A log is read by more people than the store is: nothing of what is private may stand in it.</summary>
public sealed class LogTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("op-log-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task Even_with_everything_logged_nobody_s_name_number_or_words_stand_in_the_log()
    {
        var key = await LocalServer.KeyAsync(data, Token, "--station", "T04S01");
        var log = new ConcurrentQueue<string>();
        await using (
            var server = await LocalServer.StartAsync(
                data,
                new Dictionary<string, string?>
                {
                    ["Logging__LogLevel__Default"] = "Trace",
                    ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace",
                    ["Logging__LogLevel__System"] = "Trace",
                },
                log.Enqueue,
                Token
            )
        )
        {
            using var client = server.Client(key);
            var good = await client.PostAsJsonAsync(
                "/api/v1/submissions",
                new
                {
                    title = "张建国家门口的路灯坏了",
                    body = "我叫张建国，电话13812345678，身份证11010519491231002X，门口路灯坏了两个月。",
                    place = "前进村",
                    reporter = new { name = "张建国", phone = "13812345678" },
                },
                Token
            );
            Assert.Equal(HttpStatusCode.Accepted, good.StatusCode);
            // What is refused is not logged either: neither a wrong field nor broken JSON.
            await client.PostAsJsonAsync(
                "/api/v1/submissions",
                new { body = "", reporter = new { name = "李秀英", phone = "13987654321" } },
                Token
            );
            await client.PostAsync(
                "/api/v1/submissions",
                new StringContent("{\"body\":\"王桂兰 13711112222", null, "application/json"),
                Token
            );
            await client.GetAsync("/api/v1/issues?q=赵淑珍", Token);
            var id = (
                await good.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Token)
            ).GetProperty("id");
            await ApiServer.ProcessedAsync(client, id.GetString()!, Token);
        }

        Assert.Contains(
            log,
            line => line.Contains("/api/v1/submissions", StringComparison.Ordinal)
        );
        string[] secrets =
        [
            "张建国",
            "13812345678",
            "11010519491231002X",
            "李秀英",
            "13987654321",
            "王桂兰",
            "13711112222",
            "赵淑珍",
            Uri.EscapeDataString("赵淑珍"),
            "门口路灯坏了两个月",
            key,
        ];
        foreach (var secret in secrets)
            Assert.DoesNotContain(log, line => line.Contains(secret, StringComparison.Ordinal));
    }
}
