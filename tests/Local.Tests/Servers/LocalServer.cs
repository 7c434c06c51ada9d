using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OpinionPipeline.Local.Tests.Servers;

/// <summary>The real program as a child process on a free port and a data folder of its own.</summary>
public sealed class LocalServer : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory,
        "OpinionPipeline.Local.dll"
    );
    private readonly Process process;

    private LocalServer(Process process, string data, Uri address) =>
        (this.process, Data, Address) = (process, data, address);

    public string Data { get; }

    public Uri Address { get; }

    /// <summary>Starts it and waits until it says that it listens.</summary>
    public static Task<LocalServer> StartAsync(string data, CancellationToken cancellation) =>
        StartAsync(data, null, _ => { }, cancellation);

    /// <summary>The same where it stood before, so that whoever knew its address finds it again.</summary>
    public static Task<LocalServer> StartAtAsync(
        Uri address,
        string data,
        CancellationToken cancellation
    ) => StartAsync(address.GetLeftPart(UriPartial.Authority), data, null, _ => { }, cancellation);

    /// <summary>The same with settings in its environment; every line it writes is handed over.</summary>
    public static Task<LocalServer> StartAsync(
        string data,
        IReadOnlyDictionary<string, string?>? settings,
        Action<string> line,
        CancellationToken cancellation
    ) => StartAsync("http://127.0.0.1:0", data, settings, line, cancellation);

    private static async Task<LocalServer> StartAsync(
        string urls,
        string data,
        IReadOnlyDictionary<string, string?>? settings,
        Action<string> line,
        CancellationToken cancellation
    )
    {
        await TrainedModel.CopyToAsync(data, cancellation);
        var process = Start(settings, ["serve", "--data", data, "--urls", urls, "--no-samples"]);
        var address = new TaskCompletionSource<string>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        process.ErrorDataReceived += (_, e) => line(e.Data ?? "");
        process.OutputDataReceived += (_, e) =>
        {
            line(e.Data ?? "");
            if (e.Data?.StartsWith("Listening on ", StringComparison.Ordinal) == true)
                address.TrySetResult(e.Data["Listening on ".Length..].Trim());
            else if (e.Data is null)
                address.TrySetException(
                    new InvalidOperationException("The server ended before it listened.")
                );
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new(process, data, new Uri(await address.Task.WaitAsync(cancellation)));
    }

    /// <summary>Runs a verb to its end.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(
        CancellationToken cancellation,
        params string[] arguments
    ) => RunAsync(null, arguments, cancellation);

    /// <summary>Runs a verb to its end with settings in its environment.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        IReadOnlyDictionary<string, string?>? settings,
        string[] arguments,
        CancellationToken cancellation
    )
    {
        using var process = Start(settings, arguments);
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine(await error);
        return (process.ExitCode, await output);
    }

    /// <summary>A client with a key made by the command line, as an operator would make it; the server must not run yet.</summary>
    public static async Task<string> KeyAsync(
        string data,
        CancellationToken cancellation,
        params string[] scope
    )
    {
        var (code, output) = await RunAsync(
            cancellation,
            ["keys", "create", "--data", data, .. scope]
        );
        Assert.Equal(0, code);
        return JsonDocument.Parse(output).RootElement.GetProperty("key").GetString()!;
    }

    public HttpClient Client(string? key)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                key
            );
        return client;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    /// <summary>Starts the program with settings in its environment.</summary>
    public static Process Start(IReadOnlyDictionary<string, string?>? settings, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

/// <summary>The seeds' model, trained once for all tests.</summary>
internal static class TrainedModel
{
    private static readonly Lazy<Task<string>> Folder = new(TrainAsync);

    public static async Task CopyToAsync(string data, CancellationToken cancellation)
    {
        var target = Path.Combine(data, "models");
        if (Directory.Exists(target))
            return;
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(await Folder.Value.WaitAsync(cancellation)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }

    private static async Task<string> TrainAsync()
    {
        var data = Directory.CreateTempSubdirectory("op-model-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(data, recursive: true);
        var empty = Path.Combine(data, "one.csv");
        await File.WriteAllTextAsync(empty, "title,body\n路灯,路灯坏了\n");
        var (code, _) = await LocalServer.RunAsync(
            CancellationToken.None,
            "run",
            empty,
            "--data",
            data,
            "--out",
            Path.Combine(data, "out")
        );
        Assert.Equal(0, code);
        return Path.Combine(data, "models");
    }
}
