using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OpinionPipeline.Tests;

/// <summary>
/// A real Azurite of its own on free loopback ports, in memory. Installed once by npm (Node 20 or newer) beside this
/// file, in the versions of its lock file.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    // The account and key that Azurite documents for everybody.
    private const string Account = "devstoreaccount1";
    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>A port that is free now may be taken a moment later by one of the many sockets of the other tests.</summary>
    private const int MostStarts = 3;
    private readonly Process process;

    private Azurite(Process process, int blobs, int queues)
    {
        this.process = process;
        ConnectionString =
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"BlobEndpoint=http://127.0.0.1:{blobs}/{Account};QueueEndpoint=http://127.0.0.1:{queues}/{Account};";
    }

    /// <summary>Both services.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<Azurite> StartAsync(CancellationToken cancellation)
    {
        var folder = Folder();
        await InstallAsync(folder, cancellation);
        for (var starts = 1; ; starts++)
            try
            {
                return await StartAsync(folder, FreePorts(), cancellation);
            }
            catch (InvalidOperationException) when (starts < MostStarts)
            {
                // On other ports, then.
            }
    }

    private static async Task<Azurite> StartAsync(
        string folder,
        int[] ports,
        CancellationToken cancellation
    )
    {
        var (blobs, queues, tables) = (ports[0], ports[1], ports[2]);
        // Newer SDKs name a version of the protocol that Azurite does not know yet.
        var process = Start(
            "node",
            $"node_modules/azurite/dist/src/azurite.js --blobHost 127.0.0.1 --blobPort {blobs} --queueHost 127.0.0.1 --queuePort {queues}"
                + $" --tableHost 127.0.0.1 --tablePort {tables} --inMemoryPersistence --silent --disableTelemetry --skipApiVersionCheck",
            folder
        );
        var azurite = new Azurite(process, blobs, queues);
        try
        {
            // The table service is asked for by nobody, but Azurite ends where it cannot listen for it.
            foreach (var port in ports)
                await AnswersAsync(process, port, cancellation);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task InstallAsync(string folder, CancellationToken cancellation)
    {
        // Test projects run side by side: one installs, the others wait for it.
        await using var turn = await TurnAsync(Path.Combine(folder, ".installing"), cancellation);
        if (File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
            return;
        using var npm = OperatingSystem.IsWindows()
            ? Start("cmd", "/c npm ci --no-audit --no-fund", folder)
            : Start("npm", "ci --no-audit --no-fund", folder);
        await npm.WaitForExitAsync(cancellation);
        if (npm.ExitCode != 0)
            throw new InvalidOperationException(
                $"npm could not install Azurite in {folder}: exit {npm.ExitCode}."
            );
    }

    private static async Task<FileStream> TurnAsync(string path, CancellationToken cancellation)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
            try
            {
                return new(
                    path,
                    FileMode.OpenOrCreate,
                    FileAccess.Write,
                    FileShare.None,
                    1,
                    FileOptions.DeleteOnClose
                );
            }
            catch (IOException)
            {
                await tick.WaitForNextTickAsync(cancellation);
            }
    }

    private static Process Start(string program, string arguments, string folder)
    {
        var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task AnswersAsync(
        Process process,
        int port,
        CancellationToken cancellation
    )
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tries = 0; tries < 1200; tries++)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"Azurite ended with {process.ExitCode}.");
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
                return;
            }
            catch (SocketException)
            {
                await tick.WaitForNextTickAsync(cancellation);
            }
        }
        throw new TimeoutException($"Azurite does not listen on port {port}.");
    }

    // Three that differ: all are held until the last is found.
    private static int[] FreePorts()
    {
        var listeners = new TcpListener[3];
        for (var i = 0; i < listeners.Length; i++)
        {
            listeners[i] = new(IPAddress.Loopback, 0);
            listeners[i].Start();
        }
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }

    private static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "OpinionPipeline.sln")))
                return Path.Combine(at.FullName, "tests", "Azurite");
        throw new InvalidOperationException("The tests do not lie inside the repository.");
    }
}
