using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Engagement.Bench.Language;

// In this process: the other way builds a project of its own for each benchmark, and takes minutes.
var config = ManualConfig.CreateMinimumViable()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .HideColumns(Column.Error, Column.StdDev, Column.RatioSD);
BenchmarkSwitcher.FromTypes([typeof(SimpleBenchmark), typeof(DormantBenchmark), typeof(InputsBenchmark)]).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
