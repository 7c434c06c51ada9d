using System.Globalization;
using System.Text;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpinionPipeline.CosmosStandIn;
using OpinionPipeline.Local.Tests.Servers;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Storage;
using OpinionPipeline.Storage.Cosmos;

namespace OpinionPipeline.Local.Tests;

/// <summary>
/// What a submission costs on Cosmos DB must not depend on how many came before. 2,000 here; RU_SUBMISSIONS=100000 in the
/// environment for the long run.
/// </summary>
public sealed class RequestUnitTests : IDisposable
{
    private const int Chunk = 500;
    private readonly string data = Directory.CreateTempSubdirectory("op-ru-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task The_last_submission_costs_no_more_than_the_first_thousand_did()
    {
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        var count = int.Parse(
            Environment.GetEnvironmentVariable("RU_SUBMISSIONS") ?? "2000",
            CultureInfo.InvariantCulture
        );
        var account = new Account(TimeProvider.System, "https://127.0.0.1:8081/");
        await using var services = await ServicesAsync(account);
        var intake = services.GetRequiredService<Intake>();
        var worker = services.GetRequiredService<QueueWorker>();
        var perSubmission = new List<double>();
        var texts = Texts(new Random(3)).Take(count);
        foreach (var chunk in texts.Chunk(Chunk))
        {
            var before = account.Charge;
            foreach (var some in chunk.Chunk(50))
            {
                await intake.AcceptAllAsync(
                    [.. some.Select(s => (s, (string?)null))],
                    new Sender("test", null, Channel.Batch),
                    Token
                );
                await worker.DrainAsync(null, Token);
            }
            perSubmission.Add((account.Charge - before) / chunk.Length);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{perSubmission.Count * Chunk} submissions, {perSubmission[^1]:0.0} RU each"
            );
        }
        foreach (var ((container, operation), spent) in account.Spent.OrderBy(s => s.Key))
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{container, -14}{operation, -9}{(double)spent.Requests / count, 6:0.00} {spent.Units / count, 7:0.00} RU"
            );
        Assert.All(perSubmission, p => Assert.InRange(p, 20, 60));
        Assert.InRange(perSubmission[^1], 0, 1.05 * perSubmission.Take(2).Max());
    }

    // Many matters, some of them spoken of again and again; a sixth of the messages are reposts.
    private static IEnumerable<NewSubmission> Texts(Random random)
    {
        string[] ends = ["村", "社区", "小区", "路", "桥", "学校", "医院", "市场"];
        const string names = "青石柳溪红旗白塔松林云台金沙龙潭杨石桥东西南北上下大小新老";
        string[] things =
        [
            "路灯",
            "垃圾",
            "自来水",
            "下水道",
            "公交车",
            "广场舞",
            "物业费",
            "停车位",
            "学费",
            "补贴",
            "工资",
            "医保",
            "房产证",
            "油烟",
            "噪声",
            "危桥",
            "水渠",
            "网络",
        ];
        string[] states =
        [
            "坏了一个多月没有人修",
            "堆了好几天没有人管",
            "又黄又浑不能用",
            "一下雨就漫上来",
            "一等就是一个小时",
            "半夜还在响",
            "说涨就涨没有说明",
            "不够用天天有人吵架",
            "迟迟不发",
            "跑了好几趟办不下来",
        ];
        string[] asks =
        [
            "请有关部门尽快处理",
            "恳请领导过问",
            "希望公开说明",
            "盼望早日解决",
            "请派人到现场看看",
        ];
        var sent = new List<NewSubmission>();
        while (true)
        {
            if (sent.Count > 20 && random.Next(6) == 0)
            {
                yield return sent[^random.Next(1, Math.Min(sent.Count, 2_000))];
                continue;
            }
            var place =
                $"{names[random.Next(names.Length)]}{names[random.Next(names.Length)]}{ends[random.Next(ends.Length)]}";
            var thing = things[random.Next(things.Length)];
            var body = new StringBuilder();
            for (var sentence = 0; sentence < random.Next(3, 9); sentence++)
                body.Append(
                    $"{place}{things[random.Next(things.Length)]}{states[random.Next(states.Length)]}，{random.Next(2, 60)}户人家的{things[random.Next(things.Length)]}也受影响。"
                );
            body.Append($"{thing}的事{asks[random.Next(asks.Length)]}。");
            var submission = new NewSubmission
            {
                Title = $"{place}{thing}{states[random.Next(states.Length)]}",
                Body = body.ToString(),
                Station = "WEB",
                Reporter =
                    random.Next(2) == 0
                        ? new("某某", $"139{random.Next(10_000_000, 99_999_999)}")
                        : null,
            };
            sent.Add(submission);
            yield return submission;
        }
    }

    private async Task<ServiceProvider> ServicesAsync(Account account)
    {
        await TrainedModel.CopyToAsync(data, Token);
        var settings = new HostSettings(
            Path.Combine(AppContext.BaseDirectory, "seeds"),
            data,
            new("AccountEndpoint=https://127.0.0.1:8081/;AccountKey=AAAA", null),
            null,
            null
        );
        var services = new ServiceCollection();
        services.AddLogging();
        await services.AddPipelineAsync(settings, null, Token);
        services.AddSingleton(_ => new CosmosClient(
            "https://127.0.0.1:8081/",
            Convert.ToBase64String(new byte[64]),
            CosmosServices.Settings(
                new()
                {
                    ConnectionMode = ConnectionMode.Gateway,
                    LimitToEndpoint = true,
                    HttpClientFactory = () => new(new StandInHandler(account)),
                }
            )
        ));
        var built = services.BuildServiceProvider();
        await built.CreateMissingAsync(settings, Token);
        return built;
    }
}
