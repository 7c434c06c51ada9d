using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpinionPipeline.CosmosStandIn;

/// <summary>The stand-in on a loopback port, for several processes. Its certificate is its own: clients must not check it.</summary>
public sealed class StandInServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly X509Certificate2 certificate;

    private StandInServer(WebApplication app, X509Certificate2 certificate, Account account) =>
        (this.app, this.certificate, Account) = (app, certificate, account);

    /// <summary>The account it serves.</summary>
    public Account Account { get; }

    /// <summary>Where it listens.</summary>
    public string Endpoint => Account.Endpoint;

    /// <summary>What a client connects with; the key is nobody's, and none is checked.</summary>
    public string ConnectionString =>
        $"AccountEndpoint={Endpoint};AccountKey={Convert.ToBase64String(new byte[64])};DisableServerCertificateValidation=True;";

    /// <summary>Starts one.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    public static async Task<StandInServer> StartAsync(int port)
    {
        using var key = ECDsa.Create();
        var certificate = new CertificateRequest(
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
        var app = builder.Build();
        Account? account = null;
        app.Run(http => AnswerAsync(http, account!));
        // Its own address is part of its answers, and known once it listens.
        await app.StartAsync();
        account = new(TimeProvider.System, app.Urls.First() + "/");
        return new(app, certificate, account);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
    }

    /// <summary>Serves until the process is told to stop.</summary>
    public Task WaitAsync() => app.WaitForShutdownAsync();

    private static async Task AnswerAsync(HttpContext http, Account account)
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
    }
}
