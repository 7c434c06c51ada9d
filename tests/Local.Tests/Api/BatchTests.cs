using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpinionPipeline.Local.Tests.Servers;

namespace OpinionPipeline.Local.Tests.Api;

public sealed class BatchTests(ApiServer api)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(byte[] file)
    {
        var answer = await api.Station.PostAsync(
            "/api/v1/submissions/batch",
            new ByteArrayContent(file),
            Token
        );
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    [Fact]
    public async Task Good_rows_are_taken_bad_rows_named_and_the_file_sent_twice_changes_nothing()
    {
        var file = Encoding.UTF8.GetBytes(
            "标题,正文,时间,颜色\n路灯,批量路灯坏了,2026/3/1 8:05:00,红\n空,,不是时间,\n井盖,批量井盖丢了,5月,\n井盖,批量井盖丢了,5月,\n"
        );
        var (status, first) = await SendAsync(file);
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(3, first.GetProperty("accepted").GetInt32());
        var rejected = Assert.Single(first.GetProperty("rejected").EnumerateArray());
        Assert.Equal(3, rejected.GetProperty("row").GetInt32());
        Assert.Equal("time", rejected.GetProperty("field").GetString());
        Assert.Contains(
            first.GetProperty("notices").EnumerateArray(),
            n => n.GetProperty("field").GetString() == "颜色"
        );
        var (_, second) = await SendAsync(file);
        Assert.Equal(Ids(first), Ids(second));
        Assert.Equal(3, Ids(first).Distinct().Count());

        static IEnumerable<string?> Ids(JsonElement answer) =>
            answer
                .GetProperty("receipts")
                .EnumerateArray()
                .Select(r => r.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_file_in_GB18030_is_read_as_what_it_says()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var (status, answer) = await SendAsync(
            Encoding.GetEncoding("GB18030").GetBytes("标题,正文\n公交,国标编码的公交车不够\n")
        );
        Assert.Equal(HttpStatusCode.Accepted, status);
        var submission = await api.Station.GetFromJsonAsync<JsonElement>(
            $"/api/v1/submissions/{answer.GetProperty("receipts")[0].GetProperty("id").GetString()}",
            Token
        );
        Assert.Equal("国标编码的公交车不够", submission.GetProperty("body").GetString());
    }

    public static TheoryData<string, byte[], string> BadFiles =>
        new()
        {
            { "empty", [], "file.empty" },
            {
                "binary",
                [.. Enumerable.Range(0, 4000).Select(i => (byte)(i * 37))],
                "file.notText"
            },
            { "no header", "你好\n世界\n"u8.ToArray(), "file.noHeader" },
            {
                "10,000 columns",
                Encoding.UTF8.GetBytes(
                    string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"c{i}")) + "\n"
                ),
                "file.tooManyColumns"
            },
            { "old Excel", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "file.oldExcel" },
            { "zip that is no workbook", Zip("readme.txt", new byte[10]), "file.notWorkbook" },
            { "zip bomb", Bomb(), "file.tooLarge" },
        };

    [Theory]
    [MemberData(nameof(BadFiles), DisableDiscoveryEnumeration = true)]
    public async Task A_file_that_cannot_be_read_is_refused_with_its_reason(
        string what,
        byte[] file,
        string code
    )
    {
        var (status, answer) = await SendAsync(file);
        Assert.True((int)status is >= 400 and < 500, what);
        Assert.Equal(code, answer.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Rows_before_a_quote_that_is_never_closed_are_kept_and_its_line_is_named()
    {
        var (status, answer) = await SendAsync(
            Encoding.UTF8.GetBytes(
                "title,body\n一,引号之前的好行\n二,\"没有闭合的引号\n三,后面的行\n"
            )
        );
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        var rejected = Assert.Single(answer.GetProperty("rejected").EnumerateArray());
        Assert.Equal("file.unclosedQuote", rejected.GetProperty("code").GetString());
        Assert.Contains(
            "line 3",
            rejected.GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
    }

    private static byte[] Zip(string name, byte[] content)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry(name).Open())
            entry.Write(content);
        return file.ToArray();
    }

    // A shared string table that unfolds to 300 MiB of one letter.
    private static byte[] Bomb()
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            using (var sheet = zip.CreateEntry("xl/worksheets/sheet1.xml").Open())
                sheet.Write("<worksheet/>"u8);
            using var strings = zip.CreateEntry("xl/sharedStrings.xml", CompressionLevel.Fastest)
                .Open();
            strings.Write("<sst>"u8);
            var chunk = Encoding.UTF8.GetBytes(
                string.Concat(
                    Enumerable.Repeat(
                        "<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>",
                        16_384
                    )
                )
            );
            for (var i = 0; i < 300; i++)
                strings.Write(chunk);
        }
        return file.ToArray();
    }
}
