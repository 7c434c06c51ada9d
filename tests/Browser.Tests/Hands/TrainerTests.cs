using System.Net.Http.Json;
using Microsoft.Playwright;

namespace OpinionPipeline.Browser.Tests.Hands;

/// <summary>What whoever labels and trains comes for, by touch alone and by keyboard alone.</summary>
[Collection("County and models")]
public sealed class TrainerTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(By.Touch, "判决书说车队要赔钱，法院执行不了，货都烂在路上。")]
    [InlineData(By.Keyboard, "和货运站打官司赢了，判决书下来，运费还是一分没有拿到。")]
    public async Task A_submission_is_labelled(By by, string body)
    {
        var (id, _) = await site.SubmitAsync("station", new { title = "", body }, Token);
        await using var hand = await Hand.OpenAsync(site, by, "trainer", $"/labels/{id}");
        await hand.CheckAsync(hand.Radio("2 交通运输"));
        await hand.PressAsync(hand.Button("保存，看下一件"));
        await hand.ReadAsync(hand.Main, "上一件已标为 交通运输");
        await hand.PressAsync(hand.Link("改上一件"));
        await hand.ReadAsync(hand.Main, "已有的标注");
        await hand.PictureAsync("labelling");
        Assert.Empty(hand.Complaints);
    }

    // A training takes long: the finger's is cancelled, and the keyboard's is for both to watch and to judge.
    [Fact]
    public async Task A_training_is_started_watched_compared_promoted_and_taken_back()
    {
        await LabelAsync("水车");
        await using var finger = await Hand.OpenAsync(site, By.Touch, "trainer", "/models");
        await StartAsync(finger);
        await finger.PressAsync(finger.Button("取消训练"));
        await finger.ReadAsync(finger.Main, "已取消");

        await using var keys = await Hand.OpenAsync(site, By.Keyboard, "trainer", "/models");
        var id = await StartAsync(keys);
        await finger.GoAsync($"/models/{id}");
        await Assertions.Expect(finger.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        foreach (var hand in new[] { keys, finger })
        {
            // The page says by itself that it is over.
            await Assertions
                .Expect(hand.Main)
                .ToContainTextAsync("模型卡", new() { Timeout = MostTraining });
            await hand.ReadAsync(hand.Main, "与 m0001 比较");
            await hand.ReadAsync(hand.Main, "暂不能启用");
            await hand.PictureAsync("compared");
            Assert.Empty(hand.Complaints);
        }
        await PromotedAndTakenBackAsync(By.Touch, finger, id);
        await PromotedAndTakenBackAsync(By.Keyboard, keys, id);
    }

    private static async Task<string> StartAsync(Hand hand)
    {
        await hand.PressAsync(hand.Button("开始训练"));
        await Assertions.Expect(hand.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await hand.PictureAsync("training");
        return hand.Page.Url[^5..];
    }

    private async Task PromotedAndTakenBackAsync(By by, Hand hand, string id)
    {
        // So few labels make nothing better: an administrator alone may insist.
        await using var admin = await Hand.OpenAsync(site, by, "admin", "/models");
        await admin.PressAsync(admin.Link(id));
        await admin.CheckAsync(admin.Field("仍要启用"));
        await admin.PressAsync(admin.Button("启用这个版本"));
        await admin.ReadAsync(admin.Page.GetByRole(AriaRole.Row, new() { Name = id }), "现用");
        Assert.Empty(admin.Complaints);

        await hand.GoAsync("/models");
        await hand.ReadAsync(hand.Main, $"现用 {id}，之前是 m0001");
        await hand.PictureAsync("promoted");
        await hand.PressAsync(hand.Button("退回上一版本"));
        await hand.ReadAsync(hand.Page.GetByRole(AriaRole.Row, new() { Name = "m0001" }), "现用");
        Assert.Empty(hand.Complaints);
    }

    // On a busy machine; the seeds alone take some seconds.
    private const int MostTraining = 180_000;

    // One label in five is held out; without one there is nothing to compare by. No two alike, or they are one.
    private static readonly string[] Said =
    [
        "班车停在半路，司机说油不够了",
        "候车亭的顶棚被风掀掉，下雨没处躲",
        "货车夜里不关大灯，对面看不清",
        "渡船的救生衣只有两件，一船坐了二十人",
        "铁路道口的栏杆放下来要等半个钟头",
        "出租车不打表，看人要价",
        "隧道里的排风扇不转，呛得头晕",
        "加宽的路面没有划线，两头抢着走",
        "站牌上的时刻还是前年的",
        "桥上限重的牌子让树挡住了",
        "长途汽车的行李舱漏水，被褥全湿",
        "校门外的减速带磨平了",
    ];

    private async Task LabelAsync(string about)
    {
        using var trainer = site.Client("trainer");
        foreach (var said in Said)
        {
            var (submissionId, _) = await site.SubmitAsync(
                "station",
                new { title = "", body = $"{about}那边，{said}。" },
                Token
            );
            var answer = await trainer.PostAsJsonAsync(
                "/api/v1/labels",
                new { submissionId, category = "02" },
                Token
            );
            answer.EnsureSuccessStatusCode();
        }
    }
}
