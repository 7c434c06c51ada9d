using Spectre.Console;

namespace OpinionPipeline.Local;

/// <summary>Progress bars on standard error, so that standard output stays for results.</summary>
internal static class Progress
{
    private static readonly IAnsiConsole Error = AnsiConsole.Create(
        new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }
    );

    /// <summary>Shows a bar from 0 to 1 while the work runs.</summary>
    public static Task<T> ShowAsync<T>(string what, Func<IProgress<double>, Task<T>> work) =>
        Error
            .Progress()
            .HideCompleted(true)
            .StartAsync(async context =>
            {
                var task = context.AddTask(what, maxValue: 1);
                return await work(new Report(value => task.Value = value));
            });

    // Progress<T> would hand each report to the thread pool and show them out of order.
    private sealed class Report(Action<double> report) : IProgress<double>
    {
        void IProgress<double>.Report(double value) => report(value);
    }
}
