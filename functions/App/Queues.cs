using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.App;

/// <summary>A trigger for each queue. How many messages at once and how often again: host.json.</summary>
public sealed class Queues(MessageHandler handler)
{
    [Function(QueueNames.Submissions)]
    public Task Submissions(
        [QueueTrigger(QueueNames.Submissions)] QueueMessage message,
        CancellationToken cancellation
    ) => HandleAsync(QueueNames.Submissions, message, cancellation);

    [Function(QueueNames.Reports)]
    public Task Reports(
        [QueueTrigger(QueueNames.Reports)] QueueMessage message,
        CancellationToken cancellation
    ) => HandleAsync(QueueNames.Reports, message, cancellation);

    [Function(QueueNames.Digests)]
    public Task Digests(
        [QueueTrigger(QueueNames.Digests)] QueueMessage message,
        CancellationToken cancellation
    ) => HandleAsync(QueueNames.Digests, message, cancellation);

    [Function(QueueNames.Training)]
    public Task Training(
        [QueueTrigger(QueueNames.Training)] QueueMessage message,
        CancellationToken cancellation
    ) => HandleAsync(QueueNames.Training, message, cancellation);

    private Task HandleAsync(string queue, QueueMessage message, CancellationToken cancellation) =>
        handler.HandleAsync(queue, message.MessageText, message.DequeueCount, cancellation);
}
