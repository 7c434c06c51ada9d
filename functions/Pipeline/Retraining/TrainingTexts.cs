using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>What a training is made of.</summary>
/// <param name="Training">Texts to train on, the corpus first.</param>
/// <param name="TrainedOn">The submissions among them.</param>
/// <param name="HeldOut">Submissions held out, with their right label.</param>
/// <param name="Counts">What became of everything.</param>
public sealed record TrainingSet(
    IReadOnlyList<LabelledText> Training,
    IReadOnlyList<string> TrainedOn,
    IReadOnlyList<(string Id, LabelledText Text)> HeldOut,
    TrainingCounts Counts
);

/// <summary>
/// Collects the seeds' texts and the labelled submissions, in today's categories, and holds some out. The first level is
/// learnt from all, the second from those that say it.
/// </summary>
public sealed class TrainingTexts(
    IDocumentStore store,
    CategoryMap changes,
    RetrainingOptions options,
    TimeProvider time
)
{
    /// <summary>The same in the words of other categories.</summary>
    public TrainingTexts If(CategoryMap others) => new(store, others, options, time);

    /// <summary>Reads everything once.</summary>
    /// <exception cref="InvalidDataException">A file of the corpus is wrong, or names a category that is none.</exception>
    public async Task<TrainingSet> CollectAsync(CancellationToken cancellation)
    {
        var holdout = new Holdout(options.HoldoutShare);
        var training = await CorpusAsync(cancellation);
        foreach (var text in training)
            holdout.AddSeed(text.Title, text.Body);
        var counts = new TrainingCounts { Corpus = training.Count };
        var trainedOn = new List<string>();
        var heldOut = new List<(string, LabelledText)>();
        foreach (var labels in await LabelsAsync(store, cancellation))
        {
            counts = counts with { Labelled = counts.Labelled + 1 };
            var id = labels.Key;
            var submission = await store.SubmissionAsync(id, cancellation);
            if (submission is null)
            {
                counts = counts with { Gone = counts.Gone + 1 };
                continue;
            }
            var (title, body) = (submission.Title, submission.Body);
            // Every labelled text is given its side, used or not: what people say of it must not move others.
            var side = holdout.Add(title, body);
            var meant = labels.Select(l => changes.Today(l.Category, l.At)).OfType<string>();
            if (
                Agreed([.. meant.Select(FirstLevel).OfType<string>()], out var label) is { } failing
            )
                counts = failing(counts);
            else if (side == Side.Between)
                counts = counts with { Between = counts.Between + 1 };
            else if (side == Side.Holdout)
                heldOut.Add((id, new(title, body, label!)));
            else
            {
                training.Add(new(title, body, label!) { Second = Second(label!, meant) });
                trainedOn.Add(id);
            }
        }
        return new(
            training,
            trainedOn,
            heldOut,
            counts with
            {
                Training = training.Count,
                Holdout = heldOut.Count,
                Single =
                [
                    .. training.CountBy(t => t.Label).Where(c => c.Value == 1).Select(c => c.Key),
                ],
            }
        );
    }

    /// <summary>
    /// What was said last, labelled or not, title and text together as they are stored: a county's own language, by which
    /// matters are compared.
    /// </summary>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<List<string>> RecentAsync(int most, CancellationToken cancellation)
    {
        var said = new List<string>();
        foreach (var month in Months.Back(time.GetUtcNow()))
        await foreach (
            var submission in store.AllAsync(
                new Query<Submission>(Containers.Submissions, "recent", month)
                {
                    Limit = 500,
                    MayLag = true,
                },
                cancellation
            )
        )
        {
            said.Add(submission.Title + submission.Body);
            if (said.Count == most)
                return said;
        }
        return said;
    }

    /// <summary>The labels of each submission, in the order in which the submissions were first labelled.</summary>
    public static async Task<IReadOnlyList<IGrouping<string, Label>>> LabelsAsync(
        IDocumentStore store,
        CancellationToken cancellation
    )
    {
        var all = await store
            .AllAsync(
                new Query<Label>(Containers.Labels, "recent", Label.All) { Limit = 500 },
                cancellation
            )
            .ToListAsync(cancellation);
        return
        [
            .. all.GroupBy(l => l.SubmissionId)
                .OrderBy(g => g.Min(l => l.FirstAt))
                .ThenBy(g => g.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>The corpus in today's words; a text whose category was split away is left out.</summary>
    public async Task<List<LabelledText>> CorpusAsync(CancellationToken cancellation)
    {
        if (options.Corpus is not { } folder || !Directory.Exists(folder))
            return [];
        var texts = await LabelledFiles.ReadAsync(
            Directory.GetFiles(folder, "*.csv"),
            LocalTime.DayOf(time.GetUtcNow()),
            cancellation
        );
        return
        [
            .. texts
                .Select(t => (Text: t, Label: changes.TodaysLabel(t.Label, null)))
                .Where(t => t.Label is not null)
                .Select(t =>
                    t.Text with
                    {
                        Label = t.Label!,
                        Second = t.Text.Second is { } second
                            ? Second(
                                t.Label!,
                                [
                                    .. new[]
                                    {
                                        changes.TodayBelow(t.Text.Label, second, null),
                                    }.OfType<string>(),
                                ]
                            )
                            : null,
                    }
                ),
        ];
    }

    /// <summary>What categories are called, which teaches the second level along.</summary>
    public IReadOnlyList<LabelledText> Names => CategoryNames.Of(changes.County);

    private string? FirstLevel(string code) => changes.County.Category(code[..2])?.Name;

    // Below what most people say, what most of those say who say it more finely; null where they are of two minds.
    private string? Second(string label, IEnumerable<string> meant)
    {
        var finer = meant
            .Where(code => code.Length >= 4 && FirstLevel(code) == label)
            .CountBy(code => code[..4])
            .OrderByDescending(v => v.Value)
            .ToList();
        return finer.Count == 0 || (finer.Count > 1 && finer[0].Value == finer[1].Value)
            ? null
            : changes.County.Category(finer[0].Key)?.Name;
    }

    // What most people say holds; null and a label where they do.
    private static Func<TrainingCounts, TrainingCounts>? Agreed(
        List<string> meant,
        out string? label
    )
    {
        label = null;
        if (meant.Count == 0)
            return c => c with { InReview = c.InReview + 1 };
        var votes = meant.CountBy(m => m).OrderByDescending(v => v.Value).ToList();
        if (votes.Count > 1 && votes[0].Value == votes[1].Value)
            return c => c with { Disputed = c.Disputed + 1 };
        label = votes[0].Key;
        return null;
    }
}
