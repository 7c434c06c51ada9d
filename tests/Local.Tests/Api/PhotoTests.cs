using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpinionPipeline.Local.Tests.Servers;
using OpinionPipeline.Tests.Pictures;
using SkiaSharp;

namespace OpinionPipeline.Local.Tests.Api;

/// <summary>Photos over the API: added once, seen by those they are for, removed for good.</summary>
public sealed class PhotoTests(ApiServer api)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<string> SubmitAsync(string body)
    {
        var answer = await api.Station.PostAsJsonAsync("/api/v1/submissions", new { body }, Token);
        return (await ReadAsync(answer)).GetProperty("id").GetString()!;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string id, byte[] content)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        return client.PostAsync($"/api/v1/submissions/{id}/photos", body, Token);
    }

    private static Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        answer.Content.ReadFromJsonAsync<JsonElement>(Token);

    // The photos' addresses as the submission lists them to that key.
    private static async Task<List<string>> ListAsync(HttpClient client, string id)
    {
        var submission = await client.GetFromJsonAsync<JsonElement>(
            $"/api/v1/submissions/{id}",
            Token
        );
        return
        [
            .. submission
                .GetProperty("photos")
                .EnumerateArray()
                .Select(p => p.GetProperty("link").GetString()!),
        ];
    }

    [Fact]
    public async Task A_photo_is_added_once_and_comes_back_as_a_JPEG_that_nothing_keeps()
    {
        var id = await SubmitAsync("南门桥的栏杆断了一截，照片里看得清楚。");
        var sent = Pictures.WithExif(Pictures.Draw(), orientation: 6);
        await SendAsync(api.Station, id, sent);
        var answer = await SendAsync(api.Station, id, sent);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single((await ReadAsync(answer)).GetProperty("photos").EnumerateArray());

        var link = Assert.Single(await ListAsync(api.Station, id));
        var photo = await api.Committee.GetAsync(link, Token);
        Assert.Equal("image/jpeg", photo.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store, private", photo.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", Assert.Single(photo.Headers.GetValues("X-Content-Type-Options")));
        var jpeg = await photo.Content.ReadAsByteArrayAsync(Token);
        Assert.DoesNotContain(
            Pictures.Camera,
            Encoding.Latin1.GetString(jpeg),
            StringComparison.Ordinal
        );
        using var bitmap = SKBitmap.Decode(jpeg);
        Assert.Equal((200, 400), (bitmap.Width, bitmap.Height));
        var small = await api.Station.GetByteArrayAsync(link + "?small=true", Token);
        Assert.True(small.Length < jpeg.Length);
    }

    [Fact]
    public async Task Only_the_station_the_office_and_the_committee_see_it()
    {
        var answer = await api.Station.PostAsJsonAsync(
            "/api/v1/submissions",
            new { body = "东关小学门口的路面塌了一个坑，请尽快修补。" },
            Token
        );
        var accepted = await ReadAsync(answer);
        var id = accepted.GetProperty("id").GetString()!;
        await SendAsync(api.Station, id, Pictures.Draw());
        await ApiServer.ProcessedAsync(api.Station, id, Token);
        var link = Assert.Single(await ListAsync(api.Station, id));
        async Task<HttpStatusCode> SeenByAsync(HttpClient client) =>
            (await client.GetAsync(link, Token)).StatusCode;
        Assert.Equal(HttpStatusCode.OK, await SeenByAsync(api.Committee));
        Assert.Equal(HttpStatusCode.NotFound, await SeenByAsync(api.OtherStation));
        Assert.Equal(HttpStatusCode.Unauthorized, await SeenByAsync(api.Nobody));
        // The text is a trainer's too, the picture is not.
        Assert.Equal(HttpStatusCode.NotFound, await SeenByAsync(api.Trainer));
        Assert.Empty(await ListAsync(api.Trainer, id));

        await GiveAsync(id, "02", office => office != "O01");
        Assert.Equal(HttpStatusCode.NotFound, await SeenByAsync(api.Office));
        await GiveAsync(id, "01", office => office == "O01");
        Assert.Equal(HttpStatusCode.OK, await SeenByAsync(api.Office));

        var receipt = accepted.GetProperty("receipt").GetString();
        Assert.Equal(
            ["status"],
            (await api.Nobody.GetFromJsonAsync<JsonElement>($"/api/v1/receipts/{receipt}", Token))
                .EnumerateObject()
                .Select(p => p.Name)
        );
    }

    [Fact]
    public async Task The_office_that_answers_a_part_sees_the_photos_of_the_whole_until_one_is_removed()
    {
        var id = await SubmitAsync(
            "北关菜市场的顶棚漏雨，菜摊全淋湿了。另外，北关路口的红绿灯坏了一个星期。"
        );
        await SendAsync(api.Station, id, Pictures.Draw());
        var split = await api.Station.PostAsJsonAsync(
            $"/api/v1/submissions/{id}/split",
            new
            {
                parts = new[]
                {
                    new { body = "北关菜市场的顶棚漏雨，菜摊全淋湿了。" },
                    new { body = "北关路口的红绿灯坏了一个星期。" },
                },
            },
            Token
        );
        var part = (await ReadAsync(split)).GetProperty("splitInto")[0].GetString()!;
        await GiveAsync(part, "01", office => office == "O01");
        var link = Assert.Single(await ListAsync(api.Office, part));
        Assert.Equal(HttpStatusCode.OK, (await api.Office.GetAsync(link, Token)).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await api.OtherStation.GetAsync(link, Token)).StatusCode
        );

        // So does whoever answers a part of the part.
        var again = await api.Station.PostAsJsonAsync(
            $"/api/v1/submissions/{part}/split",
            new
            {
                parts = new[]
                {
                    new { body = "北关菜市场的顶棚漏雨。" },
                    new { body = "北关菜市场的菜摊全淋湿了。" },
                },
            },
            Token
        );
        var half = (await ReadAsync(again)).GetProperty("splitInto")[0].GetString()!;
        Assert.Single(await ListAsync(api.Station, half));

        (await api.Station.DeleteAsync(link, Token)).EnsureSuccessStatusCode();
        Assert.Empty(await ListAsync(api.Station, id));
        Assert.Empty(await ListAsync(api.Office, part));
    }

    // Until the issue has followed its submission.
    private async Task GiveAsync(string id, string category, Func<string?, bool> isThere)
    {
        var label = new { submissionId = id, category };
        (
            await api.Committee.PostAsJsonAsync("/api/v1/labels", label, Token)
        ).EnsureSuccessStatusCode();
        while (true)
        {
            var submission = await ApiServer.ProcessedAsync(api.Committee, id, Token);
            var issue = await api.Committee.GetFromJsonAsync<JsonElement>(
                $"/api/v1/issues/{submission.GetProperty("issueId").GetString()}",
                Token
            );
            if (isThere(issue.GetProperty("office").GetString()))
                return;
            await Task.Delay(50, Token);
        }
    }

    [Fact]
    public async Task The_station_removes_a_photo_for_good_and_it_is_set_down()
    {
        var id = await SubmitAsync("西街垃圾桶满了没人收，照片拍到了路人。");
        await SendAsync(api.Station, id, Pictures.Draw());
        await SendAsync(api.Station, id, Pictures.Draw(seed: 1));
        var links = await ListAsync(api.Station, id);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await api.OtherStation.DeleteAsync(links[0], Token)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await api.Station.DeleteAsync(links[0], Token)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await api.Station.DeleteAsync(links[0], Token)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await api.Committee.DeleteAsync(links[1], Token)).StatusCode
        );
        await SendAsync(api.Station, id, Pictures.Draw());
        Assert.Empty(await ListAsync(api.Station, id));
        var audit = await api.Admin.GetStringAsync("/api/v1/admin/audit", Token);
        Assert.Contains(
            "DELETE /api/v1/submissions/{id}/photos/{name}",
            audit,
            StringComparison.Ordinal
        );
        Assert.Contains($"{id}/{links[0].Split('/')[^1]}", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_named_in_both_languages_and_nothing_is_stored()
    {
        var id = await SubmitAsync("老街的石板翘起来了，推车过不去。");
        foreach (
            var (content, status, code) in new[]
            {
                ("这是一段文字"u8.ToArray(), 400, "photo.unreadable"),
                (Pictures.Bomb(30_000, 30_000), 400, "photo.tooManyPixels"),
                (new byte[11 << 20], 413, "photo.tooLarge"),
            }
        )
        {
            var answer = await SendAsync(api.Station, id, content);
            Assert.Equal(status, (int)answer.StatusCode);
            var error = (await ReadAsync(answer)).GetProperty("errors")[0];
            Assert.Equal(code, error.GetProperty("code").GetString());
            Assert.Equal("photos", error.GetProperty("field").GetString());
            Assert.NotEmpty(error.GetProperty("messageZh").GetString()!);
            Assert.NotEmpty(error.GetProperty("messageEn").GetString()!);
        }
        Assert.Empty(await ListAsync(api.Station, id));
        for (var i = 0; i < 3; i++)
            await SendAsync(api.Station, id, Pictures.Draw(seed: i));
        var fourth = await SendAsync(api.Station, id, Pictures.Draw(seed: 3));
        Assert.Equal("photos.tooMany", (await ReadAsync(fourth)).GetProperty("code").GetString());
        Assert.Equal(3, (await ListAsync(api.Station, id)).Count);
    }
}
