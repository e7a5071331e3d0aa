using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Hawser.MicroBenchmarks;

// dotnet run -c Release --project bench/Hawser.MicroBenchmarks -- --filter '*Expression*'
ManualConfig config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogger(ConsoleLogger.Default)
    .AddExporter(MarkdownExporter.GitHub);
BenchmarkSwitcher.FromTypes([typeof(ExpressionBenchmarks), typeof(PatternBenchmarks), typeof(EngineBenchmarks),
    typeof(BalancerBenchmarks), typeof(BalancerChangeBenchmarks)]).Run(args, config);
