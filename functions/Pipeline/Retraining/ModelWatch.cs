using Microsoft.Extensions.Logging;
using OpinionPipeline.Pipeline.Classification;
using OpinionPipeline.Pipeline.County;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>
/// Lets a promotion reach every process: whoever is about to use the classifier asks here, and once in half a minute the
/// name of the model in force is read. What is being judged meanwhile is judged to its end by the model it began with.
/// </summary>
public sealed partial class ModelWatch(
    ModelShelf shelf,
    CurrentClassifier current,
    CountyDirectory county,
    CategoryMap changes,
    TimeProvider time,
    ILogger<ModelWatch> log
)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private long next =
        time.GetTimestamp() + (long)(Interval.TotalSeconds * time.TimestampFrequency);

    /// <summary>Looks where the last look is long enough ago. Where it cannot, the present model goes on.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellation)
    {
        var due = Volatile.Read(ref next);
        var now = time.GetTimestamp();
        if (now < due)
            return;
        var then = now + (long)(Interval.TotalSeconds * time.TimestampFrequency);
        // One looks for all.
        if (Interlocked.CompareExchange(ref next, then, due) != due)
            return;
        try
        {
            await LookAsync(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e, current.Value.Version);
        }
    }

    /// <summary>Looks now.</summary>
    /// <exception cref="InvalidDataException">The file of the model in force is missing or no model.</exception>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var line = await shelf.LineAsync(cancellation);
        if (line.Count == 0 || line[0] == current.Value.Version)
            return;
        var model = await shelf.LoadAsync(line[0], cancellation);
        current.Value = new Classifier(model, line[0], county, changes);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Whether another model is in force could not be seen; {Version} goes on."
    )]
    private partial void LogFailed(Exception e, string version);
}
