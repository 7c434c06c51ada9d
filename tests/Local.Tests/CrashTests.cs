using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpinionPipeline.Local.Tests.Servers;

namespace OpinionPipeline.Local.Tests;

public sealed class CrashTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("op-crash-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task Whatever_was_answered_with_202_is_there_after_kill_minus_9_and_is_processed_once()
    {
        var key = await LocalServer.KeyAsync(data, Token, "--station", "T04S01");
        var answered = new ConcurrentDictionary<string, string>();
        for (var round = 0; round < 3; round++)
        {
            await using var server = await LocalServer.StartAsync(data, Token);
            using var client = server.Client(key);
            var enough = 25 * (round + 1);
            var killed = new TaskCompletionSource();
            var senders = Enumerable
                .Range(0, 4)
                .Select(async sender =>
                {
                    for (var i = 0; !killed.Task.IsCompleted; i++)
                        try
                        {
                            var name = $"{round}-{sender}-{i}";
                            var request = new HttpRequestMessage(
                                HttpMethod.Post,
                                "/api/v1/submissions"
                            )
                            {
                                Content = JsonContent.Create(
                                    new { body = $"第{name}号路灯坏了，晚上看不见路" }
                                ),
                            };
                            request.Headers.Add("Idempotency-Key", name);
                            using var answer = await client.SendAsync(request, Token);
                            if (answer.StatusCode != HttpStatusCode.Accepted)
                                continue;
                            var accepted = await answer.Content.ReadFromJsonAsync<JsonElement>(
                                Token
                            );
                            answered[accepted.GetProperty("id").GetString()!] = name;
                            if (answered.Count >= enough)
                                killed.TrySetResult();
                        }
                        catch (HttpRequestException)
                        {
                            return;
                        }
                })
                .ToList();
            await killed.Task.WaitAsync(Token);
            await server.KillAsync();
            await Task.WhenAll(senders);
        }

        await using (var server = await LocalServer.StartAsync(data, Token))
        {
            using var client = server.Client(key);
            foreach (var id in answered.Keys)
                await ApiServer.ProcessedAsync(client, id, Token);
        }
        var (code, output) = await LocalServer.RunAsync(Token, "verify", "--data", data);
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task A_run_that_was_killed_goes_on_where_it_stopped()
    {
        await TrainedModel.CopyToAsync(data, Token);
        var file = Path.Combine(data, "in.csv");
        await File.WriteAllLinesAsync(
            file,
            [
                "title,body",
                .. Enumerable
                    .Range(0, 600)
                    .Select(i => $"第{i}件,第{i}号井盖{i * 7919 % 601}丢了，行人差点掉下去"),
            ],
            Token
        );
        string[] run = ["run", file, "--data", data, "--out", Path.Combine(data, "out")];
        for (var kill = 0; kill < 3; kill++)
        {
            using var process = System.Diagnostics.Process.Start(
                new System.Diagnostics.ProcessStartInfo(
                    "dotnet",
                    [Path.Combine(AppContext.BaseDirectory, "OpinionPipeline.Local.dll"), .. run]
                )
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                }
            )!;
            // Killed at another point each time: at the start of reading, of grouping, and later in it.
            var lines = 0;
            while (lines < 1 + kill && await process.StandardError.ReadLineAsync(Token) is not null)
                lines++;
            process.Kill();
            await process.WaitForExitAsync(Token);
        }
        var (code, output) = await LocalServer.RunAsync(Token, run);
        Assert.True(code == 0, output);
        Assert.Equal(
            600,
            JsonDocument.Parse(output).RootElement.GetProperty("received").GetInt32()
        );
        var (verified, faults) = await LocalServer.RunAsync(Token, "verify", "--data", data);
        Assert.True(verified == 0, faults);
    }
}
