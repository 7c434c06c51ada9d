using System.Text;
using SkiaSharp;

namespace OpinionPipeline.Tests.Pictures;

/// <summary>Pictures for the tests, drawn when they are needed.</summary>
internal static class Pictures
{
    /// <summary>What a camera writes about itself; it must be nowhere afterwards.</summary>
    public const string Camera = "SERIAL-4711-OF-A-CAMERA";

    /// <summary>Red on the left, blue on the right; each seed is another picture.</summary>
    public static byte[] Draw(
        SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg,
        int width = 400,
        int height = 200,
        int seed = 0
    )
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        using (var blue = new SKPaint { Color = new SKColor(0, (byte)(seed * 40), 255) })
        {
            canvas.Clear(SKColors.Red);
            canvas.DrawRect(width / 2f, 0, width / 2f, height, blue);
        }
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>A JPEG as a telephone writes it: with a place, a camera's number, and the way it was held.</summary>
    public static byte[] WithExif(byte[] jpeg, ushort orientation)
    {
        var tiff = new MemoryStream();
        var w = new BinaryWriter(tiff);
        var serial = Encoding.ASCII.GetBytes(Camera + "\0");
        w.Write("II*\0"u8);
        w.Write(8);
        const int entries = 3;
        var after = 8 + 2 + entries * 12 + 4;
        w.Write((ushort)entries);
        Entry(0x010F, 2, serial.Length, after); // Make
        Entry(0x0112, 3, 1, orientation);
        Entry(0x8825, 4, 1, after + serial.Length); // GPS
        w.Write(0);
        w.Write(serial);
        w.Write((ushort)1);
        Entry(0x0001, 2, 2, 'N'); // GPSLatitudeRef
        w.Write(0);

        byte[] head = [.. "Exif\0\0"u8];
        var length = 2 + head.Length + (int)tiff.Length;
        return
        [
            .. jpeg[..2],
            0xFF,
            0xE1,
            (byte)(length >> 8),
            (byte)length,
            .. head,
            .. tiff.ToArray(),
            .. jpeg[2..],
        ];

        void Entry(ushort tag, ushort type, int count, int value)
        {
            w.Write(tag);
            w.Write(type);
            w.Write(count);
            w.Write(value);
        }
    }

    /// <summary>A PNG of a few bytes that says it has so many pixels.</summary>
    public static byte[] Bomb(int width, int height)
    {
        var png = Draw(SKEncodedImageFormat.Png, 1, 1);
        // Signature and the length and name of IHDR take 16 bytes; its check is over 17 bytes from the name on.
        BigEndian(png, 16, (uint)width);
        BigEndian(png, 20, (uint)height);
        BigEndian(png, 29, Crc(png.AsSpan(12, 17)));
        return png;
    }

    private static void BigEndian(byte[] bytes, int at, uint value) =>
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), value);

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        }
        return ~crc;
    }
}
