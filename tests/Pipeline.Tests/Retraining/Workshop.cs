using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpinionPipeline.Pipeline.Audit;
using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Pipeline.Submissions;
using OpinionPipeline.Storage;
using OpinionPipeline.Storage.Sqlite;

namespace OpinionPipeline.Pipeline.Tests.Retraining;

/// <summary>A small county with a store, a shelf with its first model, and a clock that stands still.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly string folder;
    private readonly SqliteDatabase database;

    private Workshop(string folder, string corpus, IReadOnlyList<CategoryChange> changes)
    {
        this.folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, "corpus"));
        File.WriteAllText(Path.Combine(folder, "corpus", "all.csv"), corpus);
        database = new(folder);
        Store = new(database, Time, Durability.Ordered);
        Queue = new(database, Time);
        Shelf = new(new DataFolder(folder), Time);
        Changes = new(County, changes);
        var options = new RetrainingOptions { Corpus = Path.Combine(folder, "corpus") };
        Texts = new(Store, Changes, options, Time);
        Keeper = new(Store, Queue, new(County, new RecurrenceRules([], new HashSet<string>())));
        var decisions = new MatterDecisions(Store, Keeper, new(Store, Time), new(County));
        Step = new(
            Store,
            Queue,
            Texts,
            new(decisions, options),
            Shelf,
            new(Shelf, Changes, options),
            options,
            Time
        );
    }

    public static CountyDirectory County { get; } =
        new(
            [
                new("01", 1, null, "城乡建设", "Construction"),
                new("0101", 2, "01", "安全生产", "Work safety"),
                new("0102", 2, "01", "市政管理", "Municipal services"),
                new("010203", 3, "0102", "路灯", "Street lamps"),
                new("04", 1, null, "教育文体", "Education"),
                new("06", 1, null, "劳动和社会保障", "Labour"),
                new("10", 1, null, "民政", "Civil affairs"),
                new("16", 1, null, "住房", "Housing"),
            ],
            [new("O01", "办公室", "Office")],
            [],
            [],
            [],
            new Dictionary<string, string>()
        );

    public static string Corpus { get; } =
        "title,body,label\n"
        + string.Concat(
            new[]
            {
                ("城乡建设", "路灯坏了 电梯困人 物业乱收费 违章建筑 下水道堵塞 安置房延期"),
                ("劳动和社会保障", "拖欠工资 不交社保 加班没钱 退休金少算 劳动合同 工伤不赔"),
                ("教育文体", "学校补课 学位不够 教辅收费 代课老师 中考报名 校车超载"),
            }.SelectMany(c =>
                c.Item2.Split(' ').Select(t => $"{t},我们反映{t}，{t}很久了,{c.Item1}\n")
            )
        );

    public FakeTimeProvider Time { get; } = new(new(2027, 2, 1, 8, 0, 0, TimeSpan.Zero));
    public SqliteDocumentStore Store { get; }
    public SqliteMessageQueue Queue { get; }
    public ModelShelf Shelf { get; }
    public CategoryMap Changes { get; }
    public TrainingTexts Texts { get; }
    public IssueKeeper Keeper { get; }
    public TrainingStep Step { get; }
    public CurrentClassifier Current { get; private set; } = null!;
    public ModelDesk Desk { get; private set; } = null!;

    public static async Task<Workshop> OpenAsync(
        CancellationToken cancellation,
        string? corpus = null,
        params CategoryChange[] changes
    )
    {
        var folder = Directory.CreateTempSubdirectory("op-workshop-").FullName;
        var workshop = new Workshop(folder, Corpus, changes);
        var (model, version) = await workshop.Shelf.OpenAsync(
            Path.Combine(folder, "corpus"),
            CategoryNames.Of(County),
            null,
            cancellation
        );
        await File.WriteAllTextAsync(
            Path.Combine(folder, "corpus", "all.csv"),
            corpus ?? Corpus,
            cancellation
        );
        workshop.Current = new(new(model, version, County, workshop.Changes));
        workshop.Desk = new(
            workshop.Store,
            workshop.Queue,
            workshop.Shelf,
            workshop.Watch(workshop.Current),
            new AuditLog(workshop.Store, workshop.Time),
            workshop.Time
        );
        return workshop;
    }

    /// <summary>The watch of another process with a classifier of its own.</summary>
    public ModelWatch Watch(CurrentClassifier classifier) =>
        new(Shelf, classifier, County, Changes, Time, NullLogger<ModelWatch>.Instance);

    public async Task<ModelVersion> VersionAsync(string id, CancellationToken cancellation) =>
        (await Desk.FindAsync(id, cancellation))!;

    /// <summary>A processed submission with a person's label of that day.</summary>
    public async Task<string> LabelledAsync(
        string body,
        string category,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var id = await SaidAsync(body, category, at, cancellation);
        await Store.WriteAsync(
            Containers.Labels.Put(
                new Label
                {
                    Id = id + "~A",
                    SubmissionId = id,
                    Category = category,
                    By = "trainer",
                    At = at,
                    FirstAt = at,
                    Source = LabelSource.Review,
                }
            ),
            cancellation
        );
        return id;
    }

    /// <summary>A processed submission.</summary>
    public async Task<string> SaidAsync(
        string body,
        string category,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var id = SubmissionId.From(at, "T01S01", body);
        await Store.WriteAsync(
            Containers.Submissions.Put(
                new Submission
                {
                    Id = id,
                    ReceivedAt = at,
                    SaidAt = at,
                    Station = "T01S01",
                    RecordedBy = "station",
                    Channel = Channel.Api,
                    Receipt = "0000-0000-0000-0000",
                    Title = "",
                    Body = body,
                    Status = SubmissionStatus.Processed,
                    Category = category,
                    ModelVersion = "person",
                }
            ),
            cancellation
        );
        return id;
    }

    public async Task<Submission> SubmissionAsync(string id, CancellationToken cancellation) =>
        (
            await Store.ReadAsync(
                Containers.Submissions,
                SubmissionId.Partition(id),
                id,
                cancellation
            )
        )!.Document;

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
