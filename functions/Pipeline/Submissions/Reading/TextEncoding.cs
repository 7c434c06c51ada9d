using System.Text;

namespace OpinionPipeline.Pipeline.Submissions.Reading;

/// <summary>Tells UTF-8, UTF-16 and GB18030 apart by the first 64 KiB.</summary>
internal static class TextEncoding
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        54936
    )!;

    /// <exception cref="UnreadableFileException">The bytes are no text.</exception>
    public static StreamReader Open(PeekStream stream)
    {
        var head = stream.Head;
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return new(stream, Encoding.Unicode, detectEncodingFromByteOrderMarks: true);
        if (head.AsSpan().Contains((byte)0))
            throw Binary();
        if (head is [0xEF, 0xBB, 0xBF, ..] || Fits(Encoding.UTF8, head))
            return new(stream, new UTF8Encoding(true), detectEncodingFromByteOrderMarks: true);
        if (Fits(Gb18030, head))
            return new(stream, Gb18030);
        throw Binary();
    }

    private static bool Fits(Encoding encoding, byte[] head)
    {
        var strict = Encoding.GetEncoding(
            encoding.CodePage,
            EncoderFallback.ExceptionFallback,
            DecoderFallback.ExceptionFallback
        );
        // The head may end inside a character: a decoder that is not flushed does not mind.
        var decoder = strict.GetDecoder();
        var characters = new char[head.Length + 1];
        try
        {
            var count = decoder.GetChars(head, characters, flush: false);
            return !characters.AsSpan(0, count).ContainsAny('\uFFFD', '\0');
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static UnreadableFileException Binary() =>
        new(
            "file.notText",
            "文件不是文本：既不是 UTF-8 也不是 GB18030，可能是二进制文件。",
            "The file is no text: neither UTF-8 nor GB18030, perhaps a binary file."
        );

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
}
