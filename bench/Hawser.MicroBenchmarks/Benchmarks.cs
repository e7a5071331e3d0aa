using System;
using System.Collections.Immutable;

namespace Hawser.MicroBenchmarks;

/// <summary>All there are: what the program runs and what test/Hawser.Allocations holds to its budget.</summary>
public static class Benchmarks
{
    public static ImmutableArray<Type> All { get; } =
    [
        typeof(BalancerBenchmarks),
        typeof(BalancerChangeBenchmarks),
        typeof(EngineBenchmarks),
        typeof(ExpressionBenchmarks),
        typeof(HttpBenchmarks),
        typeof(PatternBenchmarks),
        typeof(ProxyHeaderBenchmarks),
        typeof(TimerBenchmarks),
    ];
}
