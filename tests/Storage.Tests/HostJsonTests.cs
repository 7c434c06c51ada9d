using System.Text.Json;
using OpinionPipeline.Pipeline.Queues;

namespace OpinionPipeline.Storage.Tests;

/// <summary>host.json says to the Functions host what the code takes for granted.</summary>
public sealed class HostJsonTests
{
    private static readonly JsonElement Extensions = JsonDocument
        .Parse(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "host.json")),
            new() { CommentHandling = JsonCommentHandling.Skip }
        )
        .RootElement.GetProperty("extensions");

    private static readonly JsonElement Queues = Extensions.GetProperty("queues");

    [Fact]
    public void The_host_gives_a_message_up_when_the_submission_is_marked_as_failed() =>
        Assert.Equal(QueueNames.MaxDequeueCount, Queues.GetProperty("maxDequeueCount").GetInt32());

    [Fact]
    public void The_host_reads_messages_as_the_app_sends_them() =>
        Assert.Equal("base64", Queues.GetProperty("messageEncoding").GetString());

    [Fact]
    public void The_host_puts_nothing_before_the_addresses() =>
        Assert.Equal("", Extensions.GetProperty("http").GetProperty("routePrefix").GetString());
}
