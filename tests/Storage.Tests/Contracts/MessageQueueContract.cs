using System.Diagnostics;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Storage.Tests.Contracts;

/// <summary>What every message queue does. A queue passes it by deriving a class that makes an empty one.</summary>
public abstract class MessageQueueContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An empty queue.</summary>
    protected abstract IMessageQueue Queue { get; }

    /// <summary>Lets the queue's time pass.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task A_message_is_hidden_while_worked_on_and_comes_back_when_it_is_not_deleted()
    {
        await Queue.SendAsync(QueueNames.Submissions, ["x"], TimeSpan.Zero, Token);
        var first = Assert.Single(
            await Queue.ReceiveAsync(QueueNames.Submissions, 10, TimeSpan.FromSeconds(2), Token)
        );
        Assert.Empty(
            await Queue.ReceiveAsync(QueueNames.Submissions, 10, TimeSpan.FromSeconds(2), Token)
        );
        await PassAsync(TimeSpan.FromSeconds(3));
        var second = Assert.Single(
            await Queue.ReceiveAsync(QueueNames.Submissions, 10, TimeSpan.FromSeconds(30), Token)
        );
        Assert.Equal(2, second.DequeueCount);
        Assert.False(await Queue.DeleteAsync(first, Token));
        Assert.True(await Queue.DeleteAsync(second, Token));
        Assert.Equal(0, await Queue.CountAsync(QueueNames.Submissions, Token));
    }

    [Fact]
    public async Task The_oldest_message_says_since_when_it_has_waited()
    {
        Assert.Null(await Queue.OldestAsync(QueueNames.Digests, Token));
        await Queue.SendAsync(QueueNames.Digests, ["x"], TimeSpan.Zero, Token);
        await PassAsync(TimeSpan.FromSeconds(3));
        await Queue.SendAsync(QueueNames.Digests, ["y"], TimeSpan.Zero, Token);
        var oldest = await Queue.OldestAsync(QueueNames.Digests, Token);
        var first = Assert.Single(
            await Queue.ReceiveAsync(QueueNames.Digests, 1, TimeSpan.FromSeconds(30), Token)
        );
        Assert.Equal("x", Envelope.Open(first.Body).Body);
        Assert.True(await Queue.OldestAsync(QueueNames.Digests, Token) > oldest);
    }

    [Fact]
    public async Task A_message_taken_too_often_is_put_aside_and_can_be_sent_again()
    {
        await Queue.SendAsync(QueueNames.Reports, ["x"], TimeSpan.Zero, Token);
        for (var i = 0; i < QueueNames.MaxDequeueCount; i++)
        {
            Assert.Single(
                await Queue.ReceiveAsync(QueueNames.Reports, 1, TimeSpan.FromSeconds(1), Token)
            );
            await PassAsync(TimeSpan.FromSeconds(2));
        }
        Assert.Empty(
            await Queue.ReceiveAsync(QueueNames.Reports, 1, TimeSpan.FromSeconds(1), Token)
        );
        var poison = Assert.Single(await Queue.PoisonAsync(Token));
        Assert.True(await Queue.RetryPoisonAsync(poison.Id, Token));
        Assert.Empty(await Queue.PoisonAsync(Token));
        Assert.Equal(
            1,
            Assert
                .Single(
                    await Queue.ReceiveAsync(QueueNames.Reports, 1, TimeSpan.FromSeconds(1), Token)
                )
                .DequeueCount
        );
    }

    [Fact]
    public async Task A_message_is_not_seen_before_its_delay_is_over()
    {
        await Queue.SendAsync(QueueNames.Digests, ["x"], TimeSpan.FromSeconds(2), Token);
        Assert.Empty(
            await Queue.ReceiveAsync(QueueNames.Digests, 1, TimeSpan.FromSeconds(9), Token)
        );
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.Single(
            await Queue.ReceiveAsync(QueueNames.Digests, 1, TimeSpan.FromSeconds(9), Token)
        );
    }

    [Fact]
    public async Task Whoever_works_long_renews_and_keeps_the_message()
    {
        await Queue.SendAsync(QueueNames.Training, ["x"], TimeSpan.Zero, Token);
        var held = Assert.Single(
            await Queue.ReceiveAsync(QueueNames.Training, 1, TimeSpan.FromSeconds(2), Token)
        );
        var renewed = await Queue.RenewAsync(held, TimeSpan.FromSeconds(30), Token);
        Assert.NotNull(renewed);
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.Empty(
            await Queue.ReceiveAsync(QueueNames.Training, 1, TimeSpan.FromSeconds(3), Token)
        );
        Assert.True(await Queue.DeleteAsync(renewed, Token));
    }

    [Fact]
    public async Task Queues_do_not_see_each_others_messages()
    {
        await Queue.SendAsync(QueueNames.Submissions, ["a"], TimeSpan.Zero, Token);
        Assert.Empty(
            await Queue.ReceiveAsync(QueueNames.Reports, 1, TimeSpan.FromSeconds(3), Token)
        );
        Assert.Equal(1, await Queue.CountAsync(QueueNames.Submissions, Token));
    }

    [Fact]
    public async Task A_message_belongs_to_the_trace_that_sent_it()
    {
        using var trace = new Activity("intake").Start();
        await Queue.SendAsync(QueueNames.Submissions, ["x"], TimeSpan.Zero, Token);
        trace.Stop();
        var message = Assert.Single(
            await Queue.ReceiveAsync(QueueNames.Submissions, 1, TimeSpan.FromSeconds(3), Token)
        );
        var envelope = Envelope.Open(message.Body);
        Assert.Equal("x", envelope.Body);
        Assert.Equal(trace.TraceId, envelope.Sender.TraceId);
    }

    [Fact]
    public async Task Forty_messages_sent_at_once_are_each_taken_once()
    {
        var sent = Enumerable.Range(0, 40).Select(i => $"S{i}").ToList();
        await Queue.SendAsync(QueueNames.Submissions, sent, TimeSpan.Zero, Token);
        var taken = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Queue.ReceiveAsync(QueueNames.Submissions, 40, TimeSpan.FromMinutes(1), Token)
                )
        );
        Assert.Equal(
            sent.Order(StringComparer.Ordinal),
            taken.SelectMany(t => t).Select(m => m.Body).Order(StringComparer.Ordinal)
        );
    }
}
