using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OpinionPipeline.CosmosStandIn;

// The stand-in for several processes: listens on a loopback port given as the argument and says when it does.
var port = int.Parse(
    args.FirstOrDefault("8081"),
    System.Globalization.CultureInfo.InvariantCulture
);
using var key = ECDsa.Create();
using var certificate = new CertificateRequest(
    "CN=localhost",
    key,
    HashAlgorithmName.SHA256
).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseKestrelHttpsConfiguration();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(certificate));
});
await using var app = builder.Build();
var account = new Account(TimeProvider.System, $"https://127.0.0.1:{port}/");
app.Run(async http =>
{
    using var body = new MemoryStream();
    await http.Request.Body.CopyToAsync(body, http.RequestAborted);
    var headers = http.Request.Headers.ToDictionary(
        h => h.Key.ToLowerInvariant(),
        h => h.Value.ToString()
    );
    var answer = account.Answer(
        new(http.Request.Method, http.Request.Path.Value!, headers, body.ToArray())
    );
    if (answer is null)
    {
        http.Abort();
        return;
    }
    http.Response.StatusCode = answer.Status;
    http.Response.ContentType = "application/json";
    foreach (var (name, value) in answer.Headers)
        http.Response.Headers[name] = value;
    if (answer.Status is not (204 or 304))
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
});
await app.StartAsync();
Console.WriteLine($"Listening on https://127.0.0.1:{port}");
await app.WaitForShutdownAsync();
