using System.Text;
using OpinionPipeline.Pipeline.Photos;
using OpinionPipeline.Tests.Pictures;
using SkiaSharp;

namespace OpinionPipeline.Pipeline.Tests.Photos;

/// <summary>Whatever is sent, what is kept is a picture of ours.</summary>
public sealed class PictureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<byte[]> CleanAsync(byte[] content)
    {
        var result = await Picture.CleanAsync(content, Token);
        Assert.True(result.IsOk);
        return result.Value;
    }

    private static async Task<string> RefusalAsync(byte[] content)
    {
        var fault = Assert.Single((await Picture.CleanAsync(content, Token)).Rejections);
        Assert.Equal("photos", fault.Field);
        Assert.NotEmpty(fault.Zh);
        Assert.NotEmpty(fault.En);
        return fault.Code;
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task Each_format_becomes_a_JPEG_of_at_most_1600_pixels(SKEncodedImageFormat format)
    {
        var cleaned = await CleanAsync(Pictures.Draw(format, 2400, 1200));
        using var codec = SKCodec.Create(new MemoryStream(cleaned));
        Assert.Equal(SKEncodedImageFormat.Jpeg, codec.EncodedFormat);
        Assert.Equal((1600, 800), (codec.Info.Width, codec.Info.Height));
        using var small = SKBitmap.Decode(Picture.Small(cleaned));
        Assert.Equal((320, 160), (small.Width, small.Height));
    }

    [Fact]
    public async Task Neither_the_place_nor_the_camera_stays()
    {
        var sent = Pictures.WithExif(Pictures.Draw(), 1);
        Assert.Contains(Pictures.Camera, Encoding.Latin1.GetString(sent), StringComparison.Ordinal);
        var cleaned = await CleanAsync(sent);
        Assert.DoesNotContain(
            Pictures.Camera,
            Encoding.Latin1.GetString(cleaned),
            StringComparison.Ordinal
        );
        Assert.Equal([0xE0], MetadataOf(cleaned));
    }

    // The markers before the picture that may hold anything but it: APP0 (JFIF) alone is harmless.
    private static List<byte> MetadataOf(byte[] jpeg)
    {
        var found = new List<byte>();
        for (var at = 2; jpeg[at + 1] != 0xDA; at += 2 + (jpeg[at + 2] << 8 | jpeg[at + 3]))
            if (jpeg[at + 1] is (>= 0xE0 and <= 0xEF) or 0xFE)
                found.Add(jpeg[at + 1]);
        return found;
    }

    // Where the red half of "red left, blue right" is seen, by the number a camera writes.
    [Theory]
    [InlineData(1, "left")]
    [InlineData(2, "right")]
    [InlineData(3, "right")]
    [InlineData(4, "left")]
    [InlineData(5, "top")]
    [InlineData(6, "top")]
    [InlineData(7, "bottom")]
    [InlineData(8, "bottom")]
    public async Task A_picture_stands_upright(ushort orientation, string red)
    {
        var cleaned = await CleanAsync(Pictures.WithExif(Pictures.Draw(), orientation));
        using var bitmap = SKBitmap.Decode(cleaned);
        Assert.Equal(
            red is "top" or "bottom" ? (200, 400) : (400, 200),
            (bitmap.Width, bitmap.Height)
        );
        var (x, y) = red switch
        {
            "left" => (20, 100),
            "right" => (380, 100),
            "top" => (100, 20),
            _ => (100, 380),
        };
        Assert.InRange(bitmap.GetPixel(x, y).Red, 230, 255);
        Assert.InRange(bitmap.GetPixel(bitmap.Width - x, bitmap.Height - y).Blue, 230, 255);
    }

    [Fact]
    public async Task The_same_picture_gives_the_same_bytes_whatever_its_metadata()
    {
        var jpeg = Pictures.Draw();
        Assert.Equal(
            await CleanAsync(jpeg),
            await CleanAsync(Pictures.WithExif(jpeg, orientation: 1))
        );
    }

    [Fact]
    public async Task What_is_seen_through_becomes_white()
    {
        using var clear = new SKBitmap(new SKImageInfo(50, 50));
        clear.Erase(SKColors.Transparent);
        using var png = clear.Encode(SKEncodedImageFormat.Png, 100);
        using var bitmap = SKBitmap.Decode(await CleanAsync(png.ToArray()));
        Assert.Equal(SKColors.White, bitmap.GetPixel(25, 25));
    }

    [Fact]
    public async Task A_bomb_is_refused_before_it_is_decoded() =>
        Assert.Equal("photo.tooManyPixels", await RefusalAsync(Pictures.Bomb(30_000, 30_000)));

    [Fact]
    public async Task A_picture_of_a_thousand_scans_is_refused()
    {
        var jpeg = Pictures.Draw();
        byte[] scans = [.. Enumerable.Repeat<byte[]>([0xFF, 0xDA], 1000).SelectMany(s => s)];
        Assert.Equal(
            "photo.unreadable",
            await RefusalAsync([.. jpeg[..^2], .. scans, .. jpeg[^2..]])
        );
    }

    [Fact]
    public async Task What_is_no_picture_is_refused()
    {
        Assert.Equal("photo.unreadable", await RefusalAsync([]));
        Assert.Equal("photo.unreadable", await RefusalAsync("path,title\n1,2"u8.ToArray()));
        Assert.Equal("photo.unreadable", await RefusalAsync("<svg xmlns='…'/>"u8.ToArray()));
        Assert.Equal("photo.unreadable", await RefusalAsync([0xFF, 0xD8, 0xFF, .. new byte[100]]));
        Assert.Equal("photo.unreadable", await RefusalAsync(Pictures.Draw()[..^400]));
        Assert.Equal("photo.tooLarge", await RefusalAsync(new byte[Picture.MostBytes + 1]));
    }
}
