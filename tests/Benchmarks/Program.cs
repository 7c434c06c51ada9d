using BenchmarkDotNet.Running;
using OpinionPipeline.Benchmarks;
using OpinionPipeline.Benchmarks.Pages;

// dotnet run -c Release --project tests/Benchmarks; LABELLED=FILE names real messages to train on and to classify.
// dotnet run -c Release --project tests/Benchmarks -- pages [--count N] [--folder DIR]: how long each page takes.
if (args is ["pages", .. var options])
    await PageBenchmark.RunAsync(options);
else
    BenchmarkRunner.Run<ClassifierBenchmarks>();
