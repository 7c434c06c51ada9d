using System.Text;
using OpinionPipeline.Pipeline.Files;

namespace OpinionPipeline.Storage.Tests.Contracts;

/// <summary>What every place for files does.</summary>
public abstract class FileStoreContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An empty one.</summary>
    protected abstract IFileStore Files { get; }

    [Fact]
    public async Task A_file_is_read_as_it_was_written_last()
    {
        await WriteAsync("m0001.zip", "one");
        await WriteAsync("m0001.zip", "two");
        await using var stream = await Files.OpenAsync(Folders.Models, "m0001.zip", Token);
        using var reader = new StreamReader(stream!);
        Assert.Equal("two", await reader.ReadToEndAsync(Token));
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_deleting_it_does_no_harm()
    {
        Assert.Null(await Files.OpenAsync(Folders.Attachments, "none", Token));
        await Files.DeleteAsync(Folders.Attachments, "none", Token);
        Assert.Empty(await Files.ListAsync(Folders.Attachments, Token));
    }

    [Fact]
    public async Task A_folder_lists_its_files_in_order()
    {
        await WriteAsync("b", "");
        await WriteAsync("a", "");
        await WriteAsync("c", "");
        await Files.DeleteAsync(Folders.Models, "b", Token);
        Assert.Equal(["a", "c"], await Files.ListAsync(Folders.Models, Token));
    }

    [Fact]
    public async Task Files_go_when_their_time_is_over_and_the_others_stay()
    {
        var now = new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.FromHours(8));
        string Name(int days) => PassingFiles.Name(now.AddDays(days), "x");
        foreach (var days in new[] { -400, -1, 1 })
            await WriteAsync(Name(days), "x");
        Assert.Equal(2, await Files.DeletePassedAsync(Folders.Models, now, Token));
        Assert.Equal(0, await Files.DeletePassedAsync(Folders.Models, now, Token));
        Assert.Equal([Name(1)], await Files.ListAsync(Folders.Models, Token));
    }

    [Fact]
    public async Task A_write_that_breaks_off_leaves_what_was_there()
    {
        await WriteAsync("m", "whole");
        await Assert.ThrowsAnyAsync<IOException>(() =>
            Files.WriteAsync(Folders.Models, "m", new BreakingStream(), Token)
        );
        await using var stream = await Files.OpenAsync(Folders.Models, "m", Token);
        using var reader = new StreamReader(stream!);
        Assert.Equal("whole", await reader.ReadToEndAsync(Token));
        Assert.Equal(["m"], await Files.ListAsync(Folders.Models, Token));
    }

    private async Task WriteAsync(string name, string content)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        await Files.WriteAsync(Folders.Models, name, stream, Token);
    }

    /// <summary>Some bytes, then an error.</summary>
    private sealed class BreakingStream : MemoryStream
    {
        private int reads;

        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) =>
            reads++ == 0 ? Some(buffer) : throw new IOException("broken off");

        public override int Read(byte[] buffer, int offset, int count) =>
            Read(buffer.AsSpan(offset, count));

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => ValueTask.FromResult(Read(buffer.Span));

        public override Task CopyToAsync(
            Stream destination,
            int bufferSize,
            CancellationToken cancellationToken
        ) => Task.FromException(new IOException("broken off"));

        private static int Some(Span<byte> buffer)
        {
            buffer[..1].Fill(1);
            return 1;
        }
    }
}
