using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Storage.Sqlite;
using OpinionPipeline.Storage.Tests.Contracts;

namespace OpinionPipeline.Storage.Tests;

public sealed class SqliteDocumentStoreTests : DocumentStoreContract, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    protected override IDocumentStore Store => folder.Store;

    protected override DateTimeOffset Now => folder.Time.GetUtcNow();

    protected override Task PassAsync(TimeSpan time) => folder.PassAsync(time);

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}

/// <summary>The same contract for the store that the steps write to, which commits a little later.</summary>
public sealed class SqliteStepStoreTests : DocumentStoreContract, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    protected override IDocumentStore Store => folder.Steps;

    protected override DateTimeOffset Now => folder.Time.GetUtcNow();

    protected override Task PassAsync(TimeSpan time) => folder.PassAsync(time);

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}

public sealed class SqliteMessageQueueTests : MessageQueueContract, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    protected override IMessageQueue Queue => folder.Queue;

    protected override Task PassAsync(TimeSpan time) => folder.PassAsync(time);

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}

public sealed class SqliteDatabaseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_written_is_there_after_reopening()
    {
        await using var folder = new SqliteFolder();
        await folder.Store.WriteAsync(Key(folder, "a"), Token);
        await folder.Steps.WriteAsync(Key(folder, "b"), Token);
        await folder.ReopenAsync();
        Assert.True(await IsThereAsync(folder, "a"));
        Assert.True(await IsThereAsync(folder, "b"));
    }

    [Fact]
    public async Task What_a_step_wrote_is_seen_by_everybody_at_once()
    {
        await using var folder = new SqliteFolder();
        await folder.Steps.WriteAsync(Key(folder, "a"), Token);
        Assert.True(await IsThereAsync(folder, "a"));
    }

    [Fact]
    public async Task A_write_that_fails_takes_no_other_with_it()
    {
        await using var folder = new SqliteFolder();
        await folder.Steps.WriteAsync(Key(folder, "before"), Token);
        // A document without a body cannot stand.
        var broken = new Write(WriteKind.Create, Containers.Keys, "keys", "broken", null, null);
        var all = new[] { Key(folder, "a"), broken, Key(folder, "b") }
            .Select(w => folder.Steps.WriteAsync(w, Token))
            .ToList();
        await Assert.ThrowsAsync<SqliteException>(() => all[1]);
        await Task.WhenAll(all[0], all[2]);
        await folder.ReopenAsync();
        foreach (var id in new[] { "before", "a", "b" })
            Assert.True(await IsThereAsync(folder, id));
        Assert.False(await IsThereAsync(folder, "broken"));
    }

    [Fact]
    public async Task What_fails_half_done_leaves_nothing_and_the_others_of_its_moment_stand()
    {
        await using var folder = new SqliteFolder();
        var broken = new Write(WriteKind.Create, Containers.Keys, "keys", "broken", null, null);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 400),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token },
            async (i, stop) =>
            {
                if (i % 10 > 0)
                    await folder.Store.WriteAsync(Key(folder, $"{i}"), stop);
                else
                    await Assert.ThrowsAsync<SqliteException>(() =>
                        folder.Store.WriteAsync([Key(folder, $"{i}"), broken], stop)
                    );
            }
        );
        await folder.ReopenAsync();
        for (var i = 0; i < 400; i++)
            Assert.Equal(i % 10 > 0, await IsThereAsync(folder, $"{i}"));
    }

    [Fact]
    public async Task Many_who_write_at_once_are_each_answered()
    {
        await using var folder = new SqliteFolder();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 2_000),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token },
            async (i, stop) =>
            {
                var store = i % 3 == 0 ? folder.Store : folder.Steps;
                await store.WriteAsync(Key(folder, $"{i}"), stop);
                Assert.NotNull(await folder.Store.ReadAsync(Containers.Keys, "keys", $"{i}", stop));
            }
        );
    }

    [Theory]
    [InlineData(1, "CREATE TABLE c_fingerprints_byKey(pk, key, ord, id)")]
    [InlineData(2, "CREATE TABLE k_fingerprints_byKey(key, ord, id)")]
    public async Task A_database_of_an_earlier_version_is_found_by_its_keys_again(
        int version,
        string keys
    )
    {
        await using var folder = new SqliteFolder();
        await folder.Store.WriteAsync(Print(folder, "a", ["x", "y"]), Token);
        await folder.AskAsync(
            $"""
            DROP TABLE k_fingerprints_byKey;
            DROP TABLE merged;
            {keys};
            ALTER TABLE c_fingerprints RENAME TO numbered;
            CREATE TABLE c_fingerprints(
                pk TEXT NOT NULL, id TEXT NOT NULL, etag INTEGER NOT NULL, expires INTEGER, body TEXT NOT NULL,
                PRIMARY KEY(pk, id));
            INSERT INTO c_fingerprints SELECT pk, id, etag, expires, body FROM numbered;
            DROP TABLE numbered;
            CREATE INDEX c_fingerprints__id ON c_fingerprints(id);
            PRAGMA user_version={version}
            """
        );
        Assert.Equal("a", await FoundByAsync(folder, "y"));
    }

    [Fact]
    public async Task Documents_are_found_by_their_keys_after_a_crash_and_no_key_outlives_them()
    {
        await using var folder = new SqliteFolder();
        var ids = Enumerable.Range(0, 300).Select(i => $"{i}").ToList();
        // One by one, so that some of the keys are merged and some are in memory only.
        foreach (var id in ids)
            await folder.Store.WriteAsync(
                Print(folder, id, [.. ids.Select(k => $"{id}.{k}")]),
                Token
            );
        await folder.CrashAsync();
        foreach (var id in ids)
            Assert.Equal(id, await FoundByAsync(folder, $"{id}.299"));
        foreach (var id in ids)
            await folder.Store.WriteAsync(
                Containers.Fingerprints.Delete(Fingerprint.All, id),
                Token
            );
        Assert.Null(await FoundByAsync(folder, "0.0"));
        Assert.Equal(0L, await folder.AskAsync("SELECT count(*) FROM k_fingerprints_byKey"));
    }

    [Fact]
    public async Task A_database_from_before_keys_were_kept_in_memory_is_found_by_its_keys()
    {
        await using var folder = new SqliteFolder();
        await folder.Store.WriteAsync(Print(folder, "a", ["x"]), Token);
        // Up to version 4 all documents stood in every index, and all containers had one by the id.
        await folder.AskAsync(
            """
            DROP TABLE merged;
            DROP INDEX c_submissions_byPending;
            CREATE INDEX c_submissions_byPending ON c_submissions(
                pk, json_extract(body,'$.pending'), json_extract(body,'$.receivedAt'), id);
            CREATE INDEX c_submissions__id ON c_submissions(id);
            PRAGMA user_version=3
            """
        );
        Assert.Equal("a", await FoundByAsync(folder, "x"));
        await folder.Store.WriteAsync(Print(folder, "b", ["y"]), Token);
        Assert.Equal("b", await FoundByAsync(folder, "y"));
        Assert.Equal(
            "c_members__id,c_submissions_byPending",
            await folder.AskAsync(
                """
                SELECT group_concat(name ORDER BY name) FROM sqlite_schema
                WHERE name LIKE '%\_\_id' ESCAPE '\' OR name LIKE '%byPending' AND sql LIKE '%IS NOT NULL' AND name LIKE 'c_sub%'
                """
            )
        );
    }

    [Fact]
    public async Task The_keys_of_a_write_that_fails_go_with_it()
    {
        await using var folder = new SqliteFolder();
        await folder.Store.WriteAsync(Print(folder, "before", ["w"]), Token);
        // A document without a body cannot stand.
        var broken = new Write(WriteKind.Create, Containers.Keys, "keys", "broken", null, null);
        await Assert.ThrowsAsync<SqliteException>(() =>
            folder.Steps.WriteAsync(
                [
                    Containers.Fingerprints.Delete(Fingerprint.All, "before"),
                    Print(folder, "a", ["x"]),
                    broken,
                ],
                Token
            )
        );
        await folder.Steps.WriteAsync(Print(folder, "b", ["y"]), Token);
        Assert.Equal("before", await FoundByAsync(folder, "w"));
        Assert.Null(await FoundByAsync(folder, "x"));
        Assert.Equal("b", await FoundByAsync(folder, "y"));
    }

    [Fact]
    public async Task The_log_begins_anew_while_others_read_and_write()
    {
        const long Most = 1 << 20;
        await using var folder = new SqliteFolder(Most);
        using var written = new CancellationTokenSource();
        var readers = Enumerable
            .Range(0, 2)
            .Select(_ =>
                Task.Run(
                    async () =>
                    {
                        while (!written.IsCancellationRequested)
                            await FoundByAsync(folder, "9");
                    },
                    Token
                )
            )
            .ToList();
        // Some 20 MB of log.
        for (var i = 0; i < 1_000; i++)
            await folder.Store.WriteAsync(Print(folder, $"{i}", [$"{i}"]), Token);
        await written.CancelAsync();
        await Task.WhenAll(readers);
        Assert.InRange(
            new FileInfo(Path.Combine(folder.Path, SqliteDatabase.FileName + "-wal")).Length,
            0,
            4 * Most
        );
        Assert.Equal("999", await FoundByAsync(folder, "999"));
    }

    [Fact]
    public async Task A_document_not_yet_committed_is_found_as_whatever_it_is_asked_for()
    {
        await using var folder = new SqliteFolder();
        await folder.Steps.WriteAsync(Print(folder, "a", ["x"]), Token);
        // What is asked for again is kept as what it was asked for; nothing is committed by that.
        for (var time = 0; time < 3; time++)
            Assert.Equal(["a"], await FoundAsync(Containers.Fingerprints));
        for (var time = 0; time < 3; time++)
            Assert.Equal(["a"], await FoundAsync(Containers.Fingerprints.As<Candidate>()));
        Assert.Equal(["a"], await FoundAsync(Containers.Fingerprints));

        async Task<IEnumerable<string>> FoundAsync<T>(Container<T> container)
            where T : Candidate
        {
            var query = new Query<T>(container, "byKey", Fingerprint.All) { AnyOf = ["x"] };
            var page = await folder.Steps.QueryAsync(query, Token);
            return page.Items.Select(i => i.Document.Id);
        }
    }

    private static Write Print(SqliteFolder folder, string id, IReadOnlyList<string> keys) =>
        Containers.Fingerprints.Create(
            new Fingerprint
            {
                Id = id,
                SaidAt = folder.Time.GetUtcNow(),
                ReceivedAt = folder.Time.GetUtcNow(),
                Keys = keys,
                Title = "",
                Body = "",
            }
        );

    private static async Task<string?> FoundByAsync(SqliteFolder folder, string key)
    {
        var page = await folder.Store.QueryAsync(
            new Query<Fingerprint>(Containers.Fingerprints, "byKey", Fingerprint.All)
            {
                AnyOf = [key],
            },
            Token
        );
        return page.Items.SingleOrDefault()?.Document.Id;
    }

    private static Write Key(SqliteFolder folder, string id) =>
        Containers.Keys.Create(
            new ApiKey
            {
                Id = id,
                Role = Role.Station,
                CreatedAt = folder.Time.GetUtcNow(),
            }
        );

    private static async Task<bool> IsThereAsync(SqliteFolder folder, string id) =>
        await folder.Store.ReadAsync(Containers.Keys, "keys", id, Token) is not null;

    [Fact]
    public async Task A_second_process_is_told_that_the_folder_is_in_use()
    {
        await using var folder = new SqliteFolder();
        Assert.Contains(
            "in use",
            Assert.Throws<InvalidOperationException>(() => new SqliteDatabase(folder.Path)).Message,
            StringComparison.Ordinal
        );
    }
}

/// <summary>A data folder of its own, gone when done with.</summary>
internal sealed class SqliteFolder : IAsyncDisposable
{
    private SqliteDatabase database;

    private readonly long? mostInLog;

    /// <param name="mostInLog">Bytes of the log before they go to the database; null for what it is by itself.</param>
    public SqliteFolder(long? mostInLog = null)
    {
        this.mostInLog = mostInLog;
        database = Open();
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("op-").FullName;

    public FakeTimeProvider Time { get; } =
        new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    public SqliteDocumentStore Store { get; private set; } = null!;

    /// <summary>The store that the steps write to.</summary>
    public SqliteDocumentStore Steps { get; private set; } = null!;

    public SqliteMessageQueue Queue { get; private set; } = null!;

    public Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        return Task.CompletedTask;
    }

    public async Task ReopenAsync()
    {
        await database.DisposeAsync();
        database = Open();
    }

    /// <summary>Opens the files as they would lie there had the program been killed now.</summary>
    public async Task CrashAsync()
    {
        var files = Directory
            .GetFiles(Path, SqliteDatabase.FileName + "*")
            .ToDictionary(f => f, Read);
        await database.DisposeAsync();
        foreach (var (file, bytes) in files)
            await File.WriteAllBytesAsync(file, bytes);
        database = Open();

        static byte[] Read(string path)
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var copy = new MemoryStream();
            file.CopyTo(copy);
            return copy.ToArray();
        }
    }

    /// <summary>Asks the file, or changes it, behind the program's back.</summary>
    public async Task<object?> AskAsync(string sql)
    {
        await database.DisposeAsync();
        try
        {
            await using var connection = new SqliteConnection(
                $"Data Source={System.IO.Path.Combine(Path, SqliteDatabase.FileName)};Pooling=false"
            );
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
            command.CommandText = sql;
#pragma warning restore CA2100
            return await command.ExecuteScalarAsync();
        }
        finally
        {
            database = Open();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(Path, recursive: true);
    }

    private SqliteDatabase Open()
    {
        var opened = mostInLog is { } most
            ? new SqliteDatabase(Path) { MostInLog = most }
            : new SqliteDatabase(Path);
        Store = new SqliteDocumentStore(opened, Time, Durability.Synced);
        Steps = new SqliteDocumentStore(opened, Time, Durability.Ordered);
        Queue = new SqliteMessageQueue(opened, Time);
        return opened;
    }
}
