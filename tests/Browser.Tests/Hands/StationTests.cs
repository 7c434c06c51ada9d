using Microsoft.Playwright;
using OpinionPipeline.Tests.Pictures;

namespace OpinionPipeline.Browser.Tests.Hands;

/// <summary>What a station comes for, by touch alone and by keyboard alone.</summary>
public sealed class StationTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(By.Touch, "碾米房的秤", "碾米房的秤砣丢了半个月，谁家米轻谁家米重都说不清。")]
    [InlineData(By.Keyboard, "祠堂的门槛", "祠堂的门槛断成两截，清明来的人绊倒了好几个。")]
    public async Task A_matter_is_submitted_with_its_place_a_photo_and_whom_to_call(
        By by,
        string title,
        string text
    )
    {
        await using var hand = await Hand.OpenAsync(site, by, "station", "/submit");
        await hand.TypeAsync(hand.Field("标题"), title);
        await hand.TypeAsync(hand.Field("反映的情况"), text);
        await hand.TypeAsync(hand.Field("地点"), "双石");
        await hand.PictureAsync("place");
        await hand.PressAsync(hand.Button("双石村"));
        await Assertions.Expect(hand.Field("地点")).ToHaveValueAsync("双石村");
        await hand.TypeAsync(hand.Field("反映人姓名"), "某村民");
        await hand.TypeAsync(hand.Field("反映人电话"), "13800000000");
        await hand.GiveAsync(
            hand.Field("照片"),
            new FilePayload
            {
                Name = "IMG_1.jpg",
                MimeType = "image/jpeg",
                Buffer = Pictures.WithExif(Pictures.Draw(width: 3000, height: 2000), 6),
            }
        );
        await Assertions.Expect(hand.Page.Locator("[data-chosen] img")).ToHaveCountAsync(1);
        await hand.PictureAsync("submitting");
        await hand.PressAsync(hand.Button("报送"));
        await hand.ReadAsync(hand.Main, text);
        await hand.ReadAsync(hand.Main, "双石村");
        await Assertions.Expect(hand.Page.Locator(".photos img")).ToHaveCountAsync(1);
        await hand.PictureAsync("submitted");
        Assert.Empty(hand.Complaints);
    }

    [Theory]
    [InlineData(
        By.Touch,
        "青云塔的避雷针",
        "青云塔的避雷针锈断了，挂在半空，下面天天有人过。",
        "青云塔的避雷针锈断了半截，就挂在半空，路过的人害怕。"
    )]
    [InlineData(
        By.Keyboard,
        "梅花渡的缆绳",
        "梅花渡的缆绳磨得只剩一股，过河的学生都抓着它。",
        "梅花渡的缆绳快磨断了，学生过河都抓着它，家长不放心。"
    )]
    public async Task A_similar_matter_is_seen_while_typing_and_joined(
        By by,
        string subject,
        string body,
        string again
    )
    {
        var earlier = $"{subject}锈断了";
        var (first, _) = await site.SubmitAsync("recorder", new { title = earlier, body }, Token);
        await using var hand = await Hand.OpenAsync(site, by, "station", "/submit");
        await hand.TypeAsync(hand.Field("标题"), $"{subject}断了");
        await hand.TypeAsync(hand.Field("反映的情况"), again);
        await hand.CheckAsync(
            hand.Page.Locator("label", new() { HasText = earlier }).Locator("input")
        );
        await hand.PictureAsync("joining");
        await hand.PressAsync(hand.Button("报送"));
        await hand.Page.WaitForURLAsync("**/sent/*");

        var joined = await site.ProcessedAsync(hand.Page.Url.Split('/')[^1], Token);
        Assert.Equal(
            (await site.ProcessedAsync(first, Token)).GetProperty("issueId").GetString(),
            joined.GetProperty("issueId").GetString()
        );
        Assert.StartsWith(
            "station:T04S01",
            joined.GetProperty("attachment").GetProperty("by").GetString(),
            StringComparison.Ordinal
        );
        Assert.Empty(hand.Complaints);
    }

    [Theory]
    [InlineData(By.Touch, "磨坊的水闸关不严", "油坊的烟囱倒了半截")]
    [InlineData(By.Keyboard, "竹器社的围墙裂开", "豆腐坊的水管冻裂")]
    public async Task A_file_is_looked_at_and_taken(By by, string first, string second)
    {
        await using var hand = await Hand.OpenAsync(site, by, "station", "/mine");
        await hand.PressAsync(hand.Link("批量导入").And(hand.Page.Locator(".button")));
        await hand.GiveAsync(
            hand.Field("文件"),
            new FilePayload
            {
                Name = "来件.csv",
                MimeType = "text/csv",
                Buffer = System.Text.Encoding.UTF8.GetBytes(
                    $"标题,正文,联络站\n{first},{first}，来往的人都绕着走,\n别站的,这一行写的是别的联络站,T09S01\n{second},{second}，没有人来修,\n"
                ),
            }
        );
        await hand.PressAsync(hand.Button("预览"));
        await hand.ReadAsync(hand.Main, "只能代表联络站 T04S01");
        await hand.ReadAsync(hand.Main, second);
        await hand.PictureAsync("file-preview");
        await hand.PressAsync(hand.Button("导入这 2 件"));
        await hand.ReadAsync(hand.Main, "已导入的行");
        await hand.PictureAsync("file-taken");
        await hand.PressAsync(hand.Link(first));
        await hand.ReadAsync(hand.Main, $"{first}，来往的人都绕着走");
        Assert.Empty(hand.Complaints);
    }
}
