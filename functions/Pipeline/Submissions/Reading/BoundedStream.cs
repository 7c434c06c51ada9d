namespace OpinionPipeline.Pipeline.Submissions.Reading;

/// <summary>How many bytes may still unfold.</summary>
internal sealed class Budget(long bytes)
{
    private long left = bytes;

    public void Spend(int count)
    {
        if ((left -= count) < 0)
            throw new UnreadableFileException(
                "file.tooLarge",
                "文件解压后过大，可能是压缩炸弹，已停止读取。",
                "The file unfolds to more than is allowed; reading was stopped."
            );
    }
}

/// <summary>A stream inside an archive; what counts are the bytes that really come, not those the archive claims.</summary>
internal sealed class BoundedStream(Stream inner, Budget budget) : Stream
{
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        budget.Spend(read);
        return read;
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

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
