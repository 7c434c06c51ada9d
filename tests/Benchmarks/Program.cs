using BenchmarkDotNet.Running;
using OpinionPipeline.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks; LABELLED=FILE names real messages to train on and to classify.
BenchmarkRunner.Run<ClassifierBenchmarks>();
