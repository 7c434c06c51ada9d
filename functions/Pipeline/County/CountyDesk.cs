using System.Text;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Retraining;

namespace OpinionPipeline.Pipeline.County;

/// <summary>What an edit would do.</summary>
public sealed record CountyTrial
{
    /// <summary>The lines that come and go, by file.</summary>
    public IReadOnlyList<ChangedLine> Lines { get; init; } = [];

    /// <summary>The code of the office that would take what no rule covers; null where it stays the same.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Which of the last issues would have gone to another office; null where no rule changes.</summary>
    public RoutingTrial? Routing { get; init; }

    /// <summary>What becomes of labels, submissions and models; null where no category changes.</summary>
    public TaxonomyPlan? Categories { get; init; }
}

/// <summary>A line that is no longer, or not yet, in a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Added">True where it is new.</param>
/// <param name="Line">The line.</param>
public sealed record ChangedLine(string File, bool Added, CountyLine Line);

/// <summary>Where an administrator edits the county: first told what it would do, then done, and taken back in one step.</summary>
public sealed class CountyDesk(
    IDocumentStore store,
    CountyWatch watch,
    CountyTexts seeds,
    CountyDirectory county,
    CountyUse use,
    RoutingReview routing,
    TaxonomyReview taxonomy,
    TimeProvider time
)
{
    private const int MostFaults = 20;

    // An edition is one document, of which Cosmos DB takes two megabytes.
    private const int MostBytes = 1_500_000;

    /// <summary>So many editions keep their texts. An older one keeps its line in the list: who, when, which file.</summary>
    public const int KeptEditions = 50;

    /// <summary>A file as it stands now, whoever saved it last.</summary>
    public async Task<CountyTable> TableAsync(CountySheet sheet, CancellationToken cancellation) =>
        (await TextAsync(sheet, cancellation)).Table;

    /// <summary>The same with its text, empty where there is none yet.</summary>
    public async Task<(CountyTable Table, string Text)> TextAsync(
        CountySheet sheet,
        CancellationToken cancellation
    )
    {
        await watch.LookAsync(cancellation);
        var text = watch.Now.Texts.Of(sheet.File);
        return (CountyTable.Read(sheet, text), text ?? "");
    }

    /// <summary>The last editions, the newest first; none where nobody has edited anything.</summary>
    public Task<IReadOnlyList<CountyEdition>> LastAsync(int most, CancellationToken cancellation) =>
        CountyEdition.LastAsync(store, most, cancellation);

    /// <summary>Says what an edit would do, or why it cannot be; saves nothing.</summary>
    public async Task<Result<CountyTrial>> TryAsync(CountyEdit edit, CancellationToken cancellation)
    {
        await watch.LookAsync(cancellation);
        var before = watch.Now.Texts;
        var after = await AfterAsync(before, edit, cancellation);
        return after.IsOk ? await EffectsAsync(before, after.Value, cancellation) : Refused(after);
    }

    /// <summary>Does it; it counts in this process at once, in all others within a minute.</summary>
    /// <param name="edit">The edit.</param>
    /// <param name="who">The account.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Result<CountyEdition>> SaveAsync(
        CountyEdit edit,
        string who,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            await watch.LookAsync(cancellation);
            var now = watch.Now;
            var after = await AfterAsync(now.Texts, edit, cancellation);
            if (!after.IsOk)
                return after.Rejections.ToList();
            if (await CreateAsync(now, after.Value, who, null, cancellation) is { } saved)
                return saved;
            // Somebody saved in between: whether that touches this file is looked at again.
        }
    }

    /// <summary>Says what taking the newest edition back would do; saves nothing.</summary>
    public async Task<Result<CountyTrial>> TryTakeBackAsync(
        int number,
        CancellationToken cancellation
    )
    {
        await watch.LookAsync(cancellation);
        var now = watch.Now;
        var after = await BeforeAsync(now, number, cancellation);
        return after.IsOk
            ? await EffectsAsync(now.Texts, after.Value, cancellation)
            : Refused(after);
    }

    /// <summary>Takes the newest edition back: the county is as it was before, and that can be taken back too.</summary>
    /// <param name="number">The edition's number; another that came since is not taken back unseen.</param>
    /// <param name="who">The account.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Result<CountyEdition>> TakeBackAsync(
        int number,
        string who,
        CancellationToken cancellation
    )
    {
        await watch.LookAsync(cancellation);
        var now = watch.Now;
        var after = await BeforeAsync(now, number, cancellation);
        if (!after.IsOk)
            return after.Rejections.ToList();
        return await CreateAsync(now, after.Value, who, number, cancellation) is { } saved
            ? saved
            : Overtaken(null);
    }

    private async Task<Result<CountyTexts>> AfterAsync(
        CountyTexts before,
        CountyEdit edit,
        CancellationToken cancellation
    )
    {
        if (
            edit.Version is { } version
            && CountySheets.Of(edit.File) is { } sheet
            && CountyTable.Read(sheet, before.Of(sheet.File)).Version != version
        )
            return Overtaken(await LastOfAsync(sheet.File, cancellation));
        var changed = CountyEdits.Apply(before, edit, LocalTime.DayOf(time.GetUtcNow()));
        if (!changed.IsOk)
            return changed.Rejections.ToList();
        var after = changed.Value;
        return await FaultsAsync(before, after, cancellation) is { Count: > 0 } faults
            ? faults
            : after;
    }

    private async Task<Result<CountyTexts>> BeforeAsync(
        CountyState now,
        int number,
        CancellationToken cancellation
    )
    {
        if (number != now.Number || number == 0)
            return Overtaken(null);
        var earlier = await store.ReadAsync(
            Containers.County,
            CountyEdition.All,
            CountyEdition.IdOf(number - 1),
            cancellation
        );
        var after = seeds.Instead(earlier?.Document.Files ?? new Dictionary<string, string>());
        return await FaultsAsync(now.Texts, after, cancellation) is { Count: > 0 } faults
            ? faults
            : after;
    }

    // What was wrong before keeps nobody from putting something else right.
    private async Task<List<Rejection>> FaultsAsync(
        CountyTexts before,
        CountyTexts after,
        CancellationToken cancellation
    )
    {
        var known = CountyCheck.Faults(before);
        var faults = CountyCheck
            .Faults(after)
            .Where(f => !known.Any(f.Is))
            .Take(MostFaults)
            .Select(f => f.Rejection)
            .ToList();
        if (faults.Count == 0 && CountyCheck.Refused(after) is { } refused)
            faults.Add(refused.Rejection);
        if (after.Edited.Values.Sum(Encoding.UTF8.GetByteCount) > MostBytes)
            faults.Add(
                new(
                    "county.tooLarge",
                    null,
                    $"改过的文件合起来超过了 {MostBytes / 1000} kB。",
                    $"The edited files are more than {MostBytes / 1000} kB together."
                )
                {
                    Status = 413,
                }
            );
        if (faults.Count == 0)
            faults.AddRange(await use.FaultsAsync(county, CountyParts.Read(after), cancellation));
        return faults;
    }

    private async Task<CountyTrial> EffectsAsync(
        CountyTexts before,
        CountyTexts after,
        CancellationToken cancellation
    )
    {
        var lines = Lines(before, after);
        var parts = CountyParts.Read(after);
        var touched = lines.Select(l => l.File).ToHashSet();
        var otherwise = parts.Directory.Routing.Otherwise;
        var otherTaker = county.Routing.Otherwise != otherwise;
        return new()
        {
            Lines = lines,
            Otherwise = otherTaker ? otherwise : null,
            Routing =
                touched.Contains(CountySheets.Routing.File) || otherTaker
                    ? await routing.TryAsync(
                        parts.Directory.Routing,
                        RoutingReview.Usual,
                        cancellation
                    )
                    : null,
            Categories =
                touched.Contains(CountySheets.Taxonomy.File)
                || touched.Contains(CountySheets.Changes.File)
                    ? await taxonomy.If(parts.Directory, parts.Changes).PlanAsync(cancellation)
                    : null,
        };
    }

    /// <returns>Null where somebody else came first.</returns>
    private async Task<CountyEdition?> CreateAsync(
        CountyState now,
        CountyTexts after,
        string who,
        int? tookBack,
        CancellationToken cancellation
    )
    {
        var number = now.Number + 1;
        var edition = new CountyEdition
        {
            Id = CountyEdition.IdOf(number),
            Number = number,
            By = who,
            At = time.GetUtcNow(),
            Files = after.Edited,
            TookBack = tookBack,
            Changes = Changes(now.Texts, after),
        };
        var written = await store.WriteAsync(Containers.County.Create(edition), cancellation);
        if (!written.IsDone)
            return null;
        watch.Take(edition);
        // Not deleted: numbers have no gap, which is what other processes look for.
        await store.UpdateAsync(
            Containers.County,
            CountyEdition.All,
            CountyEdition.IdOf(number - KeptEditions),
            e => e with { Files = new Dictionary<string, string>() },
            cancellation
        );
        return edition;
    }

    // A file whose lines are in another order alone is named too: none came, none went.
    private static List<FileChange> Changes(CountyTexts before, CountyTexts after)
    {
        var lines = Lines(before, after).ToLookup(l => l.File, l => l.Added);
        return
        [
            .. CountySheets
                .All.Where(s => before.Of(s.File) != after.Of(s.File))
                .Select(s => new FileChange(
                    s.File,
                    lines[s.File].Count(added => added),
                    lines[s.File].Count(added => !added)
                )),
        ];
    }

    private static List<ChangedLine> Lines(CountyTexts before, CountyTexts after)
    {
        var changed = new List<ChangedLine>();
        foreach (var sheet in CountySheets.All)
        {
            var (was, now) = (before.Of(sheet.File), after.Of(sheet.File));
            if (was == now)
                continue;
            var left = CountyTable.Read(sheet, was).Lines.ToList();
            foreach (var line in CountyTable.Read(sheet, now).Lines)
                if (left.FindIndex(line.Says) is >= 0 and var same)
                    left.RemoveAt(same);
                else
                    changed.Add(new(sheet.File, Added: true, line));
            changed.AddRange(left.Select(l => new ChangedLine(sheet.File, Added: false, l)));
        }
        return changed;
    }

    private async Task<CountyEdition?> LastOfAsync(string file, CancellationToken cancellation) =>
        (await LastAsync(20, cancellation)).FirstOrDefault(e => e.Changes.Any(c => c.File == file));

    private static Rejection Overtaken(CountyEdition? by) =>
        new(
            "county.changed",
            null,
            by is null
                ? "这期间有人改过。请看看现在的样子，再保存。"
                : $"这期间 {by.By} 改过这个文件（{LocalTime.Day(by.At)}）。请看看现在的样子，再保存。",
            by is null
                ? "Somebody changed it meanwhile. Look at what stands there now, then save."
                : $"{by.By} changed this file meanwhile ({by.At.ToOffset(LocalTime.Offset):yyyy-MM-dd HH:mm}). Look at what stands there now, then save."
        )
        {
            Status = 409,
        };

    private static Result<CountyTrial> Refused(Result<CountyTexts> after) =>
        after.Rejections.ToList();
}
