using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpinionPipeline.App;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Storage;
using OpinionPipeline.Web;

var settings = HostSettings.FromEnvironment(
    seeds: Path.Combine(AppContext.BaseDirectory, "seeds"),
    data: null,
    store: "cosmos",
    queue: "storage"
);
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
await builder.Services.AddPipelineAsync(settings, training: null, CancellationToken.None);
builder.Services.AddWeb();
builder.Services.AddSingleton(Http.Pipeline);
builder.Services.AddExports();

// As the other host; the Functions host has a limit of its own before this one.
builder.Services.Configure<KestrelServerOptions>(k => k.Limits.MaxRequestBodySize = 513L << 20);
using var app = builder.Build();

// Needs all of it: what is missing or wrong stops the app here, not at the first message.
_ = app.Services.GetRequiredService<MessageHandler>();
await app.Services.CreateMissingAsync(settings, CancellationToken.None);
await app.RunAsync();
