namespace OpinionPipeline.Pipeline.Submissions.Reading;

/// <summary>A stream whose beginning can be looked at before it is read, also where it cannot seek.</summary>
internal sealed class PeekStream : Stream
{
    private const int HeadLength = 64 * 1024;
    private readonly Stream rest;
    private readonly byte[] head;
    private int position;

    public PeekStream(Stream stream)
    {
        rest = stream;
        var buffer = new byte[HeadLength];
        var length = stream.ReadAtLeast(buffer, HeadLength, throwOnEndOfStream: false);
        head = buffer[..length];
    }

    /// <summary>The first 64 KiB, or all there is.</summary>
    public byte[] Head => head;

    public override int Read(byte[] buffer, int offset, int count) =>
        Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (position == head.Length)
            return rest.Read(buffer);
        var taken = Math.Min(buffer.Length, head.Length - position);
        head.AsSpan(position, taken).CopyTo(buffer);
        position += taken;
        return taken;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();
}
