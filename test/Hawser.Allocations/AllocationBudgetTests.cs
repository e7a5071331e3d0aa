using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Running;
using Hawser.MicroBenchmarks;
using Xunit;

namespace Hawser.Allocations;

/// <summary>What one operation of each benchmark allocates, against <c>budget.txt</c>: times depend on the machine, bytes do not.</summary>
public sealed class AllocationBudgetTests
{
    private const int WarmUps = 3;
    private const int Operations = 20;

    /// <summary>A list of a million patterns allocates as much per look-up as one of a thousand, and takes a minute to build.</summary>
    private const string MillionOfPatterns = "Count=1000000";

    private static readonly Dictionary<string, long> s_budget = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "budget.txt"))
        .Where(static line => line.Length > 0 && line[0] != '#')
        .Select(static line => (line, at: line.LastIndexOf(' ')))
        .ToDictionary(
            static entry => entry.line[..entry.at], static entry => long.Parse(entry.line[(entry.at + 1)..], CultureInfo.InvariantCulture));

    private static readonly Dictionary<string, BenchmarkCase> s_cases = Benchmarks.All
        .SelectMany(static type => BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases)
        .Where(static benchmark => !benchmark.Parameters.DisplayInfo.Contains(MillionOfPatterns, StringComparison.Ordinal))
        .ToDictionary(NameOf);

    public static TheoryData<string> Names => new(s_cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operation_keeps_within_its_budget(string name)
    {
        BenchmarkCase benchmark = s_cases[name];
        object instance = Activator.CreateInstance(benchmark.Descriptor.Type)!;
        foreach (var parameter in benchmark.Parameters.Items)
            benchmark.Descriptor.Type.GetProperty(parameter.Name)!.SetValue(instance, parameter.Value);
        benchmark.Descriptor.GlobalSetupMethod?.Invoke(instance, null);
        Action operation = ActionOf(benchmark, instance);

        for (int i = 0; i < WarmUps; i++) operation();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Operations; i++) operation();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        long each = allocated / (Operations * benchmark.Descriptor.OperationsPerInvoke);
        s_budget.TryGetValue(name, out long allowed);
        Assert.True(each <= allowed && (allowed > 0 || allocated == 0),
            $"{name} allocates {allocated} bytes in {Operations * benchmark.Descriptor.OperationsPerInvoke} operations; its budget is {allowed} each");
    }

    [Fact]
    public void The_budget_names_only_benchmarks_that_exist() => Assert.Empty(s_budget.Keys.Except(s_cases.Keys));

    private static string NameOf(BenchmarkCase benchmark) =>
        $"{benchmark.Descriptor.Type.Name}.{benchmark.Descriptor.WorkloadMethod.Name}({benchmark.Parameters.ValueInfo})";

    /// <summary>A delegate: a call by reflection would allocate by itself.</summary>
    private static Action ActionOf(BenchmarkCase benchmark, object instance)
    {
        var method = benchmark.Descriptor.WorkloadMethod;
        if (method.ReturnType == typeof(void)) return method.CreateDelegate<Action>(instance);
        if (method.ReturnType == typeof(bool)) return Discard(method.CreateDelegate<Func<bool>>(instance));
        if (method.ReturnType == typeof(int)) return Discard(method.CreateDelegate<Func<int>>(instance));
        if (method.ReturnType == typeof(long)) return Discard(method.CreateDelegate<Func<long>>(instance));
        throw new InvalidOperationException($"{method} returns {method.ReturnType}: add it here.");
    }

    private static Action Discard<T>(Func<T> function) => () => _ = function();
}
