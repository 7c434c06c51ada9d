using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Files;
using OpinionPipeline.Pipeline.Photos;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Storage;
using OpinionPipeline.Storage.Sqlite;
using OpinionPipeline.Tests.Pictures;

namespace OpinionPipeline.Pipeline.Tests.Photos;

/// <summary>Photos are there once, apart from the text, and for as long as they may.</summary>
public sealed class PhotoDeskTests : OverAStore
{
    private const string Id = "202611-AAAAAAAAAAAAAAAA";
    private readonly DataFolder files;
    private readonly PhotoDesk desk;

    public PhotoDeskTests()
    {
        files = new(folder);
        desk = new(
            store,
            files,
            Vault.FromFolder(folder),
            new RetentionOptions { PrivateDays = 30 },
            time
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<IReadOnlyList<string>> FilesAsync() => files.ListAsync(Folders.Attachments, Token);

    private async Task<Submission> SaidAsync()
    {
        var said = new Submission
        {
            Id = Id,
            ReceivedAt = time.GetUtcNow(),
            SaidAt = time.GetUtcNow(),
            Station = "S01",
            RecordedBy = "k",
            Channel = Channel.Page,
            Receipt = "R",
            Title = "路灯不亮",
            Body = "村口的路灯坏了。",
        };
        await store.WriteAsync(Containers.Submissions.Create(said), Token);
        return said;
    }

    private static Task<byte[]> PictureAsync(int seed = 0) => CleanAsync(Pictures.Draw(seed: seed));

    private static async Task<byte[]> CleanAsync(byte[] content) =>
        (await Picture.CleanAsync(content, Token)).Value;

    private async Task<Submission> AddAsync(params byte[][] jpegs) =>
        (await desk.AddAsync(Id, jpegs, Token)).Value;

    [Fact]
    public async Task The_same_picture_twice_is_one_and_is_not_on_disk_as_it_was()
    {
        await SaidAsync();
        var jpeg = await PictureAsync();
        await AddAsync(jpeg, jpeg);
        var submission = await AddAsync(jpeg);
        var photo = Assert.Single(desk.Of(submission));
        Assert.Equal(jpeg, await desk.OpenAsync(submission, photo.Name, Token));

        var file = Assert.Single(await FilesAsync());
        var stored = await File.ReadAllBytesAsync(
            Path.Combine(folder, Folders.Attachments, file),
            Token
        );
        Assert.Equal(-1, stored.AsSpan().IndexOf(jpeg.AsSpan(0, 100)));
    }

    [Fact]
    public async Task Of_too_many_none_is_added()
    {
        await SaidAsync();
        await AddAsync(await PictureAsync(0), await PictureAsync(1));
        var refused = await desk.AddAsync(
            Id,
            [await PictureAsync(2), await PictureAsync(3)],
            Token
        );
        Assert.Equal("photos.tooMany", Assert.Single(refused.Rejections).Code);
        Assert.Equal(2, (await FilesAsync()).Count);
        Assert.Equal(3, desk.Of(await AddAsync(await PictureAsync(2))).Count);
    }

    [Fact]
    public async Task What_a_person_removed_is_gone_and_does_not_come_back_when_it_is_sent_again()
    {
        await SaidAsync();
        var jpeg = await PictureAsync();
        var submission = await AddAsync(jpeg);
        var name = desk.Of(submission)[0].Name;
        Assert.True(await desk.RemoveAsync(submission, name, Token));
        submission = await AddAsync(jpeg);
        Assert.Empty(desk.Of(submission));
        Assert.Empty(await FilesAsync());
        Assert.Null(await desk.OpenAsync(submission, name, Token));
        Assert.False(await desk.RemoveAsync(submission, name, Token));
    }

    [Fact]
    public async Task A_photo_leaves_when_what_is_private_does()
    {
        await SaidAsync();
        time.Advance(TimeSpan.FromDays(29));
        var submission = await AddAsync(await PictureAsync());
        Assert.Equal(
            0,
            await files.DeletePassedAsync(Folders.Attachments, time.GetUtcNow(), Token)
        );
        // Counted from when the submission came, not the photo.
        time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        Assert.Empty(desk.Of(submission));
        Assert.Null(await desk.OpenAsync(submission, submission.Photos[0].Name, Token));
        Assert.Equal(
            1,
            await files.DeletePassedAsync(Folders.Attachments, time.GetUtcNow(), Token)
        );
        Assert.Empty(await FilesAsync());
    }

    [Fact]
    public async Task A_backup_brings_the_photos_back()
    {
        await SaidAsync();
        var jpeg = await PictureAsync();
        var submission = await AddAsync(jpeg);
        var (backup, restored) = (folder + ".zip", folder + ".restored");
        try
        {
            await Backup.WriteAsync(database, backup, Token);
            await Backup.RestoreAsync(backup, restored, Token);
            var there = new PhotoDesk(
                store,
                new DataFolder(restored),
                Vault.FromFolder(restored),
                new(),
                time
            );
            Assert.Equal(jpeg, await there.OpenAsync(submission, submission.Photos[0].Name, Token));
        }
        finally
        {
            File.Delete(backup);
            Directory.Delete(restored, recursive: true);
        }
    }
}
