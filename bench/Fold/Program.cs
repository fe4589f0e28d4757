using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Engagement.Bench.Fold;

// In this process: the other way builds a project of its own for each benchmark, and takes minutes.
var config = ManualConfig.CreateMinimumViable()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromTypes([typeof(FoldBenchmark), typeof(SnapshotBenchmark)]).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
