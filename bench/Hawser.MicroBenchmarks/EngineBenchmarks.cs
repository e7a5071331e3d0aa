using BenchmarkDotNet.Attributes;
using Hawser.MicroBenchmarks.Engine;

namespace Hawser.MicroBenchmarks;

/// <summary>
/// What a request costs outside the kernel: 64 clients, one loop, over sockets that are always ready. None may allocate.
/// </summary>
public class EngineBenchmarks
{
    private const int Requests = 10_000;

    private ServingEngine _engine = null!;

    [ParamsAllValues]
    public EngineScenario Scenario { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _engine = EngineScenarios.Build(Scenario);
        _engine.Serve(Requests);
    }

    [Benchmark(OperationsPerInvoke = Requests)]
    public void Serve() => _engine.Serve(Requests);
}
