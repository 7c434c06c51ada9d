using Azure.Storage.Queues;
using OpinionPipeline.Pipeline.Queues;
using OpinionPipeline.Storage.AzureStorage;
using OpinionPipeline.Storage.Tests.Contracts;
using OpinionPipeline.Tests;

namespace OpinionPipeline.Storage.Tests;

/// <summary>One Azurite for a class of tests.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private Azurite? azurite;

    public string ConnectionString => azurite!.ConnectionString;

    public async ValueTask InitializeAsync() =>
        azurite = await Azurite.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}

public sealed class StorageMessageQueueTests(AzuriteFixture azurite)
    : MessageQueueContract,
        IClassFixture<AzuriteFixture>,
        IAsyncLifetime
{
    private readonly QueueServiceClient service = StorageServices.Queues(
        new(azurite.ConnectionString, null, null)
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected override IMessageQueue Queue => new StorageMessageQueue(service);

    // Azurite has no clock to set.
    protected override async Task PassAsync(TimeSpan time)
    {
        using var tick = new PeriodicTimer(time);
        await tick.WaitForNextTickAsync(Token);
    }

    public async ValueTask InitializeAsync()
    {
        await new StorageMessageQueue(service).CreateMissingAsync(Token);
        await foreach (var queue in service.GetQueuesAsync(cancellationToken: Token))
            await service.GetQueueClient(queue.Name).ClearMessagesAsync(Token);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_message_lies_there_as_Base64_as_the_trigger_expects_it()
    {
        await Queue.SendAsync(QueueNames.Submissions, ["S202611-X"], TimeSpan.Zero, Token);
        var raw = new QueueClient(azurite.ConnectionString, QueueNames.Submissions);
        var text = (await raw.PeekMessageAsync(Token)).Value.MessageText;
        Assert.Equal(
            "S202611-X",
            System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(text))
        );
    }

    [Fact]
    public async Task A_poison_message_lies_where_the_functions_host_puts_it()
    {
        await service
            .GetQueueClient("reports-poison")
            .SendMessageAsync("I202611-X", cancellationToken: Token);
        var poison = Assert.Single(await Queue.PoisonAsync(Token));
        Assert.Equal((QueueNames.Reports, "I202611-X"), (poison.Queue, poison.Body));
        Assert.True(await Queue.RetryPoisonAsync(poison.Id, Token));
        Assert.False(await Queue.RetryPoisonAsync("reports.none", Token));
        Assert.Equal(1, await Queue.CountAsync(QueueNames.Reports, Token));
    }
}
