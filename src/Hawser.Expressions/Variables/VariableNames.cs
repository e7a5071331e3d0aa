using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Variables;

/// <summary>
/// The variables that a configuration names, each with a number in its scope: evaluation never compares names.
/// Filled while expressions are compiled; the runtime API may add to it, under its own lock.
/// </summary>
public sealed class VariableNames
{
    private readonly Dictionary<(VariableScope, string), int> _numbers = [];
    private readonly byte[][][] _names = [[], [], [], [], [], []];

    /// <summary>The number of a name, which gets one when it has none.</summary>
    public int NumberOf(VariableScope scope, string name)
    {
        if (_numbers.TryGetValue((scope, name), out int number)) return number;
        byte[][] names = _names[(int)scope];
        number = names.Length;
        Volatile.Write(ref _names[(int)scope], [.. names, Encoding.UTF8.GetBytes(name)]);
        _numbers.Add((scope, name), number);
        return number;
    }

    /// <summary>In the order they were first named.</summary>
    public IReadOnlyCollection<(VariableScope Scope, string Name)> All => _numbers.Keys;

    /// <summary>The names of a scope without its prefix, by number; from any thread.</summary>
    public ReadOnlySpan<byte[]> Of(VariableScope scope) => Volatile.Read(ref _names[(int)scope]);
}
