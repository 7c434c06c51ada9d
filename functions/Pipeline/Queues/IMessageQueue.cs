namespace OpinionPipeline.Pipeline.Queues;

/// <summary>
/// What the product asks of a queue: at-least-once delivery, invisible while worked on, counted, and put aside
/// as poison after too many tries. Every implementation passes the same contract tests.
/// </summary>
public interface IMessageQueue
{
    /// <summary>Appends messages, visible after <paramref name="delay"/>.</summary>
    Task SendAsync(
        string queue,
        IReadOnlyList<string> bodies,
        TimeSpan delay,
        CancellationToken cancellation
    );

    /// <summary>
    /// Takes up to <paramref name="max"/> visible messages and hides them for <paramref name="visibility"/>.
    /// A message taken more than <see cref="QueueNames.MaxDequeueCount"/> times goes to poison instead.
    /// </summary>
    Task<IReadOnlyList<Message>> ReceiveAsync(
        string queue,
        int max,
        TimeSpan visibility,
        CancellationToken cancellation
    );

    /// <summary>Done with it. False where the message was taken by somebody else meanwhile.</summary>
    Task<bool> DeleteAsync(Message message, CancellationToken cancellation);

    /// <summary>
    /// Hides the message for so long from now, to go on working or to try again later.
    /// Null where the message was taken by somebody else meanwhile.
    /// </summary>
    Task<Message?> RenewAsync(Message message, TimeSpan visibility, CancellationToken cancellation);

    /// <summary>How many messages wait, those being worked on included.</summary>
    Task<long> CountAsync(string queue, CancellationToken cancellation);

    /// <summary>Since when the oldest message that could be taken has waited; null where none waits.</summary>
    Task<DateTimeOffset?> OldestAsync(string queue, CancellationToken cancellation);

    /// <summary>The messages put aside, oldest first, at most 1,000.</summary>
    Task<IReadOnlyList<PoisonMessage>> PoisonAsync(CancellationToken cancellation);

    /// <summary>Puts a poison message back into its queue. False where there is none of that id.</summary>
    Task<bool> RetryPoisonAsync(string id, CancellationToken cancellation);
}

/// <summary>A message as taken. <paramref name="PopReceipt"/> proves who holds it.</summary>
public sealed record Message(
    string Queue,
    string Id,
    string Body,
    int DequeueCount,
    string PopReceipt
);

/// <summary>A message that could not be worked off.</summary>
public sealed record PoisonMessage(string Id, string Queue, string Body, DateTimeOffset Since);

/// <summary>The names that senders and triggers share.</summary>
public static class QueueNames
{
    public const string Submissions = "submissions";
    public const string Reports = "reports";
    public const string Digests = "digests";
    public const string Training = "training";

    /// <summary>Tries before a message is put aside.</summary>
    public const int MaxDequeueCount = 5;

    /// <summary>All queues.</summary>
    public static IReadOnlyList<string> All { get; } = [Submissions, Reports, Digests, Training];
}
