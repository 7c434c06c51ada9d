using System.Globalization;
using OpinionPipeline.Pipeline.Audit;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>What staff do with models: ask for one, stop it, put it in force, take it back.</summary>
public sealed class ModelDesk(
    IDocumentStore store,
    IMessageQueue queue,
    ModelShelf shelf,
    ModelWatch watch,
    AuditLog audit,
    TimeProvider time
)
{
    /// <summary>Asks for a training. Refused while another is under way: the next number is free for one alone.</summary>
    public async Task<Result<ModelVersion>> StartAsync(string by, CancellationToken cancellation)
    {
        while (true)
        {
            var all = await ListAsync(cancellation);
            if (all.FirstOrDefault(m => m.IsUnderWay) is { } running)
                return Conflict(
                    "training.underWay",
                    $"{running.Id} 正在训练，请等它结束或先取消。",
                    $"{running.Id} is being trained; wait for it, or cancel it first."
                );
            var last = all.Select(m => m.Id)
                .Concat(await shelf.LineAsync(cancellation))
                .Max(id => int.Parse(id[1..], CultureInfo.InvariantCulture));
            var version = new ModelVersion
            {
                Id = ModelShelf.Name(last + 1),
                CreatedAt = time.GetUtcNow(),
                By = by,
                Status = ModelStatus.Queued,
            };
            var created = await store.WriteAsync(Containers.Models.Create(version), cancellation);
            // Of two at the same moment one finds the number taken, and the other's training under way.
            if (!created.IsDone)
                continue;
            await queue.SendAsync(QueueNames.Training, [version.Id], TimeSpan.Zero, cancellation);
            return version;
        }
    }

    /// <summary>Stops a training; whoever works on it notices within seconds.</summary>
    public async Task<Result<ModelVersion>> CancelAsync(string id, CancellationToken cancellation)
    {
        var stopped = false;
        var version = await store.UpdateAsync(
            Containers.Models,
            ModelVersion.All,
            id,
            m =>
                (stopped = m.IsUnderWay || m.Status == ModelStatus.Cancelled)
                    ? m with
                    {
                        Status = ModelStatus.Cancelled,
                    }
                    : m,
            cancellation
        );
        if (version is null)
            return Unknown(id);
        return stopped
            ? version
            : Conflict(
                "training.over",
                $"{id} 的训练已经结束。",
                $"The training of {id} is over already."
            );
    }

    /// <summary>Puts a version in force where the gate lets it, or where it is forced, which is set down with the reasons.</summary>
    public async Task<Result<ModelVersion>> PromoteAsync(
        string id,
        bool force,
        string by,
        CancellationToken cancellation
    )
    {
        var version = await FindAsync(id, cancellation);
        if (version is null)
            return Unknown(id);
        if (version.Status != ModelStatus.Ready)
            return Conflict("model.notReady", $"{id} 尚不能启用。", $"{id} is not ready.");
        if (!await shelf.HasAsync(id, cancellation))
            return Conflict(
                "model.fileGone",
                $"{id} 的模型文件已过保留期。",
                $"The file of {id} is kept no longer."
            );
        var inForce = await shelf.LineAsync(cancellation);
        var reasons = Reasons(version, inForce[0]);
        if (reasons.Count > 0 && !force)
            return reasons;
        await shelf.PromoteAsync(id, cancellation);
        await watch.LookAsync(cancellation);
        await audit.WriteAsync(
            by,
            reasons.Count > 0 ? "model.promote.forced" : "model.promote",
            id,
            string.Join(", ", reasons.Select(r => r.Code).Prepend($"instead of {inForce[0]}")),
            cancellation
        );
        return version;
    }

    /// <summary>Puts the version that stood before back in force.</summary>
    /// <returns>The version now in force.</returns>
    public async Task<Result<string>> RollBackAsync(string by, CancellationToken cancellation)
    {
        var from = (await shelf.LineAsync(cancellation))[0];
        var version = await shelf.RollBackAsync(cancellation);
        if (version is null)
            return Conflict(
                "rollback.none",
                "没有更早的模型可以退回。",
                "There is no earlier model to go back to."
            );
        await watch.LookAsync(cancellation);
        await audit.WriteAsync(by, "model.rollback", version, $"instead of {from}", cancellation);
        return version;
    }

    /// <summary>All versions, the newest first; one that the program trained by itself is given its document here.</summary>
    public async Task<IReadOnlyList<ModelVersion>> ListAsync(CancellationToken cancellation)
    {
        var query = new Query<ModelVersion>(Containers.Models, "recent", ModelVersion.All);
        var all = await store.AllAsync(query, cancellation).ToListAsync(cancellation);
        var undocumented = (await shelf.LineAsync(cancellation))
            .Where(v => !all.Exists(m => m.Id == v))
            .ToList();
        foreach (var version in undocumented)
        {
            if (!await shelf.HasAsync(version, cancellation))
                continue;
            var card = (await shelf.LoadAsync(version, cancellation)).Card;
            var document = new ModelVersion
            {
                Id = version,
                CreatedAt = card.TrainedAt,
                Status = ModelStatus.Ready,
                Percent = 100,
                Card = card,
            };
            await store.WriteAsync(Containers.Models.Create(document), cancellation);
            all.Add(document);
        }
        return [.. all.OrderByDescending(m => m.Id, StringComparer.Ordinal)];
    }

    /// <summary>The version of that id, or null.</summary>
    public async Task<ModelVersion?> FindAsync(string id, CancellationToken cancellation) =>
        (await ListAsync(cancellation)).FirstOrDefault(m => m.Id == id);

    /// <summary>
    /// Why a version may not replace the one in force; empty where it may. What it was compared with must still be in
    /// force: a comparison with another says nothing.
    /// </summary>
    public static IReadOnlyList<Rejection> Verdict(ModelVersion version, string inForce) =>
        Reasons(version, inForce);

    private static List<Rejection> Reasons(ModelVersion version, string inForce)
    {
        if (version.Id == inForce)
            return [];
        if (version.Comparison is null || version.Comparison.With != inForce)
            return
            [
                Conflict(
                    "gate.otherInForce",
                    $"{version.Id} 未与现用的 {inForce} 比较过，请重新训练。",
                    $"{version.Id} was not compared with {inForce}, which is in force now; train anew."
                ),
            ];
        return [.. version.Comparison.Reasons];
    }

    private static Rejection Unknown(string id) =>
        new("model.unknown", null, $"没有模型 {id}。", $"There is no model {id}.") { Status = 404 };

    private static Rejection Conflict(string code, string zh, string en) =>
        new(code, null, zh, en) { Status = 409 };
}
