using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>
/// Works off one message of the queue "training": from labels to a model that is ready to be judged. Whoever trains says
/// so every few seconds; one who falls silent is taken to be dead, and the next message takes over.
/// </summary>
public sealed class TrainingStep(
    IDocumentStore store,
    IMessageQueue queue,
    TrainingTexts texts,
    MatterLearning matters,
    ModelShelf shelf,
    ModelJudge judge,
    RetrainingOptions options,
    TimeProvider time
)
{
    private const int MostAttempts = 3;

    /// <summary>Messages that the language is learnt from: more of them no longer change it.</summary>
    private const int MostRecent = 20_000;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    /// <summary>Trains the version of that id. Later where somebody else seems to be at it.</summary>
    public async Task<StepOutcome> RunAsync(string id, CancellationToken cancellation)
    {
        var (version, outcome) = await TakeAsync(id, cancellation);
        if (version is null)
            return outcome;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var progress = new Progress();
        var work = Task.Run(() => MakeAsync(version, progress, stop.Token), CancellationToken.None);
        try
        {
            while (await Task.WhenAny(work, Task.Delay(Beat, time, CancellationToken.None)) != work)
                if (!await BeatAsync(version, progress, CancellationToken.None))
                    await stop.CancelAsync();
            var made = await work;
            await SaveAsync(
                version,
                m => made(m) with { Status = ModelStatus.Ready, Percent = 100 }
            );
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Cancelled by a person, which its document says, or taken over.
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException)
        {
            await FailAsync(version, e.Message);
        }
        catch
        {
            // The process ends, or the machine failed: the next message need not wait for the silence.
            await stop.CancelAsync();
            await Task.WhenAny(work);
            await SaveAsync(version, m => m with { Status = ModelStatus.Queued });
            throw;
        }
        return StepOutcome.Done;
    }

    /// <summary>Sends the messages of trainings that were lost: asked for and never begun, or fallen silent.</summary>
    /// <param name="grace">A training is given so long.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>How many were sent.</returns>
    public async Task<int> SweepAsync(TimeSpan grace, CancellationToken cancellation)
    {
        var newest = await store.QueryAsync(
            new Query<ModelVersion>(Containers.Models, "recent", ModelVersion.All)
            {
                Limit = 5,
                MayLag = true,
            },
            cancellation
        );
        var before = time.GetUtcNow() - grace;
        var lost = newest
            .Items.Select(m => m.Document)
            .Where(m => m.IsUnderWay && (m.Heartbeat ?? m.CreatedAt) <= before)
            .Select(m => m.Id)
            .ToList();
        if (lost.Count > 0)
            await queue.SendAsync(QueueNames.Training, lost, TimeSpan.Zero, cancellation);
        return lost.Count;
    }

    /// <summary>After the message's last try.</summary>
    public Task GiveUpAsync(string id, CancellationToken cancellation) =>
        store.UpdateAsync(
            Containers.Models,
            ModelVersion.All,
            id,
            m => m.IsUnderWay ? Failed(m, "The training was broken off too often.") : m,
            cancellation
        );

    private async Task<(ModelVersion? Taken, StepOutcome Otherwise)> TakeAsync(
        string id,
        CancellationToken cancellation
    )
    {
        var stored = await store.ReadAsync(Containers.Models, ModelVersion.All, id, cancellation);
        if (stored?.Document is not { IsUnderWay: true } version)
            return (null, StepOutcome.Done);
        var now = time.GetUtcNow();
        if (version.Status != ModelStatus.Queued && version.Heartbeat > now - Silence)
            return (null, StepOutcome.Later);
        var taken =
            version.Attempts >= MostAttempts
                ? Failed(version, $"The training was broken off {MostAttempts} times.")
                : version with
                {
                    Status = ModelStatus.Training,
                    Percent = 0,
                    Heartbeat = now,
                    Attempts = version.Attempts + 1,
                };
        var written = await store.WriteAsync(
            Containers.Models.Replace(taken, stored.ETag),
            cancellation
        );
        if (!written.IsDone)
            return (null, StepOutcome.Later);
        return (taken.IsUnderWay ? taken : null, StepOutcome.Done);
    }

    private async Task<Func<ModelVersion, ModelVersion>> MakeAsync(
        ModelVersion version,
        Progress progress,
        CancellationToken cancellation
    )
    {
        var set = await texts.CollectAsync(cancellation);
        // It cannot be, by the way in which sides are given; if it were, every figure below would be worthless.
        if (
            Holdout.Leak(
                set.Training.Select(t => (t.Title, t.Body)),
                set.HeldOut.Select(h => (h.Text.Title, h.Text.Body))
            ) is
            { } leak
        )
            throw new InvalidDataException(
                $"Submission {set.HeldOut[leak].Id} is held out and nearly repeats a training text."
            );
        progress.Report(0);
        var model = ClassifierTrainer.Train(
            // The trainer wants two texts of each category; a single one is shown to it twice.
            [.. set.Training, .. set.Training.Where(t => set.Counts.Single.Contains(t.Label))],
            new TrainingOptions
            {
                Seed = options.Seed,
                Names = texts.Names,
                Unlabelled = await texts.RecentAsync(MostRecent, cancellation),
            },
            time.GetUtcNow(),
            progress,
            cancellation
        );
        progress.Evaluating = true;
        var (figures, pairs) = await matters.LearnAsync(model.Language, cancellation);
        if (pairs is not null)
            model = model.With(pairs);
        var judged = await judge.CompareAsync(model, set.HeldOut, pairs is not null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        await shelf.SaveAsync(version.Id, model, set.TrainedOn, cancellation);
        return m =>
            m with
            {
                Data = set.Counts with { SeenBefore = judged.SeenBefore },
                Card = model.Card,
                Matters = figures,
                Quality = judged.Quality,
                Comparison = judged.Comparison,
            };
    }

    // False where it is no longer ours to go on with.
    private async Task<bool> BeatAsync(
        ModelVersion version,
        Progress progress,
        CancellationToken cancellation
    )
    {
        var now = await store.UpdateAsync(
            Containers.Models,
            ModelVersion.All,
            version.Id,
            m =>
                IsOurs(m, version)
                    ? m with
                    {
                        Heartbeat = time.GetUtcNow(),
                        Percent = progress.Percent,
                        Status = progress.Evaluating
                            ? ModelStatus.Evaluating
                            : ModelStatus.Training,
                    }
                    : m,
            cancellation
        );
        return now is not null && IsOurs(now, version);
    }

    private Task<ModelVersion?> FailAsync(ModelVersion version, string why) =>
        SaveAsync(version, m => Failed(m, why));

    private Task<ModelVersion?> SaveAsync(
        ModelVersion version,
        Func<ModelVersion, ModelVersion> change
    ) =>
        store.UpdateAsync(
            Containers.Models,
            ModelVersion.All,
            version.Id,
            m => IsOurs(m, version) ? change(m) : m,
            CancellationToken.None
        );

    private static bool IsOurs(ModelVersion now, ModelVersion taken) =>
        now.IsUnderWay && now.Attempts == taken.Attempts;

    private static ModelVersion Failed(ModelVersion version, string why) =>
        version with
        {
            Status = ModelStatus.Failed,
            Failure = new("training.failed", null, "训练未能完成。", why),
        };

    // Ninety hundredths are the training's.
    private sealed class Progress : IProgress<double>
    {
        private int percent;

        public int Percent => Volatile.Read(ref percent);

        public bool Evaluating { get; set; }

        public void Report(double value) =>
            Volatile.Write(ref percent, 5 + (int)(Math.Clamp(value, 0, 1) * 90));
    }
}
