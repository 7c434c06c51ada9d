using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Storage.AzureStorage;

/// <summary>
/// The queue contract over Azure Storage Queues. Poison messages lie in "&lt;queue&gt;-poison", where the Functions host puts
/// them too, and messages are Base64, as it expects them.
/// </summary>
public sealed class StorageMessageQueue(QueueServiceClient service) : IMessageQueue
{
    /// <summary>What the service gives at once.</summary>
    private const int MostAtOnce = 32;
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);
    private static readonly TimeSpan WhileLooking = TimeSpan.FromSeconds(10);

    /// <summary>Makes the queues that are missing.</summary>
    public async Task CreateMissingAsync(CancellationToken cancellation)
    {
        foreach (var queue in QueueNames.All)
        foreach (var name in new[] { queue, Poison(queue) })
            await Client(name).CreateIfNotExistsAsync(cancellationToken: cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>One after the other: what is said first should be worked off first, as far as the service keeps order.</remarks>
    public async Task SendAsync(
        string queue,
        IReadOnlyList<string> bodies,
        TimeSpan delay,
        CancellationToken cancellation
    )
    {
        var client = Client(queue);
        foreach (var body in bodies)
            await client.SendMessageAsync(Envelope.Wrap(body), delay, Forever, cancellation);
    }

    public async Task<IReadOnlyList<Message>> ReceiveAsync(
        string queue,
        int max,
        TimeSpan visibility,
        CancellationToken cancellation
    )
    {
        var taken = new List<Message>();
        while (taken.Count < max)
        {
            var asked = Math.Min(MostAtOnce, max - taken.Count);
            var got = (
                await Client(queue).ReceiveMessagesAsync(asked, visibility, cancellation)
            ).Value;
            foreach (var message in got)
                if (message.DequeueCount <= QueueNames.MaxDequeueCount)
                    taken.Add(
                        new(
                            queue,
                            message.MessageId,
                            message.MessageText,
                            (int)message.DequeueCount,
                            message.PopReceipt
                        )
                    );
                else
                    await MoveAsync(message, queue, Poison(queue), cancellation);
            if (got.Length < asked)
                break;
        }
        return taken;
    }

    public Task<bool> DeleteAsync(Message message, CancellationToken cancellation) =>
        HeldAsync(() =>
            Client(message.Queue).DeleteMessageAsync(message.Id, message.PopReceipt, cancellation)
        );

    public async Task<Message?> RenewAsync(
        Message message,
        TimeSpan visibility,
        CancellationToken cancellation
    )
    {
        UpdateReceipt? receipt = null;
        return await HeldAsync(async () =>
            receipt = await Client(message.Queue)
                .UpdateMessageAsync(
                    message.Id,
                    message.PopReceipt,
                    visibilityTimeout: visibility,
                    cancellationToken: cancellation
                )
        )
            ? message with
            {
                PopReceipt = receipt!.PopReceipt,
            }
            : null;
    }

    public async Task<long> CountAsync(string queue, CancellationToken cancellation) =>
        (await Client(queue).GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCountLong;

    public async Task<DateTimeOffset?> OldestAsync(string queue, CancellationToken cancellation) =>
        (await Client(queue).PeekMessageAsync(cancellation)).Value?.InsertedOn;

    /// <inheritdoc/>
    /// <remarks>The service shows the first 32 of each queue.</remarks>
    public async Task<IReadOnlyList<PoisonMessage>> PoisonAsync(CancellationToken cancellation)
    {
        var found = new List<PoisonMessage>();
        foreach (var queue in QueueNames.All)
        foreach (
            var message in (
                await Client(Poison(queue)).PeekMessagesAsync(MostAtOnce, cancellation)
            ).Value
        )
            found.Add(
                new(
                    $"{queue}.{message.MessageId}",
                    queue,
                    Envelope.Open(message.MessageText).Body,
                    message.InsertedOn ?? default
                )
            );
        return [.. found.OrderBy(m => m.Since)];
    }

    public async Task<bool> RetryPoisonAsync(string id, CancellationToken cancellation)
    {
        var queue = QueueNames.All.FirstOrDefault(q =>
            id.StartsWith(q + ".", StringComparison.Ordinal)
        );
        if (queue is null)
            return false;
        while (true)
        {
            // Those looked at come back into sight by themselves.
            var got = (
                await Client(Poison(queue))
                    .ReceiveMessagesAsync(MostAtOnce, WhileLooking, cancellation)
            ).Value;
            if (Array.Find(got, m => id == $"{queue}.{m.MessageId}") is { } wanted)
            {
                await MoveAsync(wanted, Poison(queue), queue, cancellation);
                return true;
            }
            if (got.Length == 0)
                return false;
        }
    }

    // Sent before it is deleted: a crash in between doubles it, and nothing is done twice.
    private async Task MoveAsync(
        QueueMessage message,
        string from,
        string to,
        CancellationToken cancellation
    )
    {
        await Client(to)
            .SendMessageAsync(message.MessageText, TimeSpan.Zero, Forever, cancellation);
        await HeldAsync(() =>
            Client(from).DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation)
        );
    }

    // False where somebody else took the message meanwhile, or finished it.
    private static async Task<bool> HeldAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (RequestFailedException e)
            when (e.ErrorCode == QueueErrorCode.PopReceiptMismatch
                || e.ErrorCode == QueueErrorCode.MessageNotFound
            )
        {
            return false;
        }
    }

    private static string Poison(string queue) => queue + "-poison";

    private QueueClient Client(string name) => service.GetQueueClient(name);
}
