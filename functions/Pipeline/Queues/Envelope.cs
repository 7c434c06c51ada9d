using System.Diagnostics;
using System.Globalization;

namespace OpinionPipeline.Pipeline.Queues;

/// <summary>
/// What lies in a queue as text: the message, a line each for how often it was put off and the trace it belongs to
/// (W3C Trace Context), so that a trace goes on beyond the queue.
/// </summary>
/// <param name="Body">The message itself.</param>
/// <param name="PutOff">How often it was sent again because it came too early.</param>
/// <param name="Sender">The trace that sent it; default where there was none.</param>
public sealed record Envelope(string Body, int PutOff, ActivityContext Sender)
{
    /// <summary>The text to send, for the trace that is going on.</summary>
    public static string Wrap(string body) =>
        body.Contains('\n', StringComparison.Ordinal) || Activity.Current?.Id is not { } trace
            ? body
            : $"{body}\n0\n{trace}";

    /// <summary>The text that sends it again, counted.</summary>
    public string Again() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Body}\n{PutOff + 1}\n{Activity.Current?.Id}"
        );

    /// <summary>Reads a text.</summary>
    public static Envelope Open(string text)
    {
        var lines = text.Split('\n');
        _ = int.TryParse(
            lines.ElementAtOrDefault(1),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var putOff
        );
        ActivityContext.TryParse(lines.ElementAtOrDefault(2), null, isRemote: true, out var sender);
        return new(lines[0], putOff, sender);
    }
}
