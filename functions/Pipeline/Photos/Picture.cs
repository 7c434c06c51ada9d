using SkiaSharp;

namespace OpinionPipeline.Pipeline.Photos;

/// <summary>
/// Makes a picture of our own of whatever was sent: decoded, turned upright, made smaller and encoded anew, so that nothing
/// of the file itself stays: neither the place where it was taken nor the camera's number.
/// </summary>
public static class Picture
{
    /// <summary>Most bytes of a file.</summary>
    public const int MostBytes = 10 << 20;

    /// <summary>The longest side that is kept, in pixels: enough to read a sign on a wall by.</summary>
    public const int Longest = 1600;

    private const int LongestSmall = 320;
    private const int Quality = 85;

    // Four bytes each while it is decoded: what a telephone takes passes, a bomb does not.
    private const long MostPixels = 40_000_000;

    // Progressive files have about ten; each is a pass over all pixels, and may be a few bytes long.
    private const int MostScans = 100;

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];
    private static ReadOnlySpan<byte> Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    // Side by side a few large ones would take a small machine's memory.
    private static readonly SemaphoreSlim One = new(1);

    /// <summary>The picture as JPEG without any metadata, or why it cannot be taken.</summary>
    public static async Task<Result<byte[]>> CleanAsync(
        byte[] content,
        CancellationToken cancellation
    )
    {
        if (content.Length > MostBytes)
            return TooLarge;
        if (!IsKnown(content))
            return Unreadable;
        await One.WaitAsync(cancellation);
        try
        {
            return Clean(content);
        }
        finally
        {
            One.Release();
        }
    }

    /// <summary>One of ours, made small for a list.</summary>
    public static byte[] Small(byte[] jpeg)
    {
        using var bitmap = SKBitmap.Decode(jpeg);
        return Encode(bitmap, SKEncodedOrigin.TopLeft, LongestSmall);
    }

    /// <summary>Why a file of so many bytes is not taken.</summary>
    public static Rejection TooLarge =>
        new(
            "photo.tooLarge",
            "photos",
            $"照片超过 {MostBytes >> 20} MB。",
            $"The photo is larger than {MostBytes >> 20} MB."
        )
        {
            Status = 413,
        };

    private static Rejection Unreadable =>
        new(
            "photo.unreadable",
            "photos",
            "不是完好的 JPEG、PNG 或 WebP 图片。",
            "This is no sound JPEG, PNG or WebP picture."
        );

    private static Rejection TooManyPixels =>
        new(
            "photo.tooManyPixels",
            "photos",
            $"照片超过 {MostPixels / 10_000} 万像素，请缩小后再选。",
            $"The photo has more than {MostPixels / 1_000_000} megapixels; please make it smaller."
        );

    // Before a decoder sees it: the library knows more formats than we want to answer for.
    private static bool IsKnown(ReadOnlySpan<byte> content) =>
        content.StartsWith(Jpeg)
        || content.StartsWith(Png)
        || content.StartsWith("RIFF"u8) && content.Length > 12 && content[8..].StartsWith("WEBP"u8);

    private static Result<byte[]> Clean(byte[] content)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        if (codec is null)
            return Unreadable;
        if ((long)codec.Info.Width * codec.Info.Height > MostPixels)
            return TooManyPixels;
        if (codec.EncodedFormat == SKEncodedImageFormat.Jpeg && Scans(content) > MostScans)
            return Unreadable;
        using var srgb = SKColorSpace.CreateSrgb();
        using var bitmap = new SKBitmap(
            new SKImageInfo(
                codec.Info.Width,
                codec.Info.Height,
                SKColorType.Rgba8888,
                codec.Info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul,
                srgb
            )
        );
        // What breaks off in the middle would be half grey.
        return codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success
            ? Encode(bitmap, codec.EncodedOrigin, Longest)
            : Unreadable;
    }

    // FF DA begins a scan; inside one FF is followed by 00. A thumbnail in the metadata adds a few.
    private static int Scans(ReadOnlySpan<byte> content) => content.Count([(byte)0xFF, (byte)0xDA]);

    private static byte[] Encode(SKBitmap bitmap, SKEncodedOrigin origin, int longest)
    {
        var scale = Math.Min(1, longest / (double)Math.Max(bitmap.Width, bitmap.Height));
        using var small = bitmap.Resize(
            new SKImageInfo(Side(bitmap.Width), Side(bitmap.Height)),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
        );
        var turned = origin >= SKEncodedOrigin.LeftTop;
        using var upright = new SKBitmap(
            turned ? small.Height : small.Width,
            turned ? small.Width : small.Height,
            isOpaque: true
        );
        using (var canvas = new SKCanvas(upright))
        {
            // JPEG knows no transparency: what was seen through shows as paper.
            canvas.Clear(SKColors.White);
            canvas.SetMatrix(Turn(origin, upright.Width, upright.Height));
            canvas.DrawBitmap(small, 0, 0, SKSamplingOptions.Default);
        }
        using var data = upright.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data.ToArray();

        int Side(int pixels) => Math.Max(1, (int)Math.Round(pixels * scale));
    }

    // From where a pixel lies in the file to where it is seen (Exif 2.32, 4.6.4, "Orientation").
    private static SKMatrix Turn(SKEncodedOrigin origin, int width, int height) =>
        origin switch
        {
            SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new(0, -1, width, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new(0, -1, width, -1, 0, height, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, height, 0, 0, 1),
            _ => SKMatrix.Identity,
        };
}
