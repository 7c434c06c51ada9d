using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Azure.Cosmos;
using OpinionPipeline.Pipeline;
using Polly;
using Polly.Retry;

namespace OpinionPipeline.Storage.Cosmos;

/// <summary>What a request is for, as its metrics say it.</summary>
/// <param name="Container">The container.</param>
/// <param name="Operation">read, create, replace, put, delete, scan, or a query's name.</param>
public readonly record struct CosmosCall(string Container, string Operation);

/// <summary>
/// Sends requests to Cosmos DB: what is busy (429 after the SDK's own tries, 449, 503) or unsure (a time-out) is tried
/// again within a budget, and every answer's request charge is counted.
/// </summary>
public sealed class CosmosCalls
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);
    private static readonly Histogram<double> Charge = Telemetry.Meter.CreateHistogram<double>(
        "opinion.cosmos.charge",
        "{RU}",
        "Request units of one operation on Cosmos DB."
    );

    private readonly ResiliencePipeline<ResponseMessage> tries;

    public CosmosCalls(TimeProvider time) =>
        tries = new ResiliencePipelineBuilder<ResponseMessage> { TimeProvider = time }
            .AddTimeout(Budget)
            .AddRetry(
                new RetryStrategyOptions<ResponseMessage>
                {
                    MaxRetryAttempts = 8,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromMilliseconds(50),
                    MaxDelay = TimeSpan.FromSeconds(5),
                    ShouldHandle = new PredicateBuilder<ResponseMessage>()
                        .HandleResult(r => IsPassing(r.StatusCode))
                        .Handle<CosmosException>(e => IsPassing(e.StatusCode))
                        .Handle<HttpRequestException>(),
                }
            )
            .Build();

    /// <summary>Sends until answered for good.</summary>
    public async Task<ResponseMessage> SendAsync(
        CosmosCall call,
        Func<Task<ResponseMessage>> send,
        CancellationToken cancellation
    ) =>
        await tries.ExecuteAsync(
            async _ =>
            {
                var response = await send();
                Charge.Record(
                    response.Headers.RequestCharge,
                    new("container", call.Container),
                    new("operation", call.Operation)
                );
                return response;
            },
            cancellation
        );

    // 408 is the SDK's own time-out as well.
    private static bool IsPassing(HttpStatusCode status) =>
        status
            is HttpStatusCode.TooManyRequests
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.RequestTimeout
                or HttpStatusCode.Gone
                or (HttpStatusCode)449;
}
