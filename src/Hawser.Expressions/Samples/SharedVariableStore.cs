using System;
using System.Threading;

namespace Hawser.Expressions.Samples;

/// <summary>
/// Variables that all loops share (scope proc): reading is lock-free, because a write puts a new value in the place of
/// the old one, which its readers keep. So a write allocates; such variables change seldom.
/// </summary>
public sealed class SharedVariableStore(VariableBudget budget) : VariableStore(budget)
{
    private readonly VariableBudget _budget = budget;
    private readonly Lock _gate = new();
    private StoredSample?[] _values = [];

    public override StoredSample? Find(int number)
    {
        StoredSample?[] values = Volatile.Read(ref _values);
        return (uint)number < (uint)values.Length ? Volatile.Read(ref values[number]) : null;
    }

    public override bool TrySet(int number, scoped in Sample sample)
    {
        StoredSample value = new();
        value.Store(in sample);
        lock (_gate)
        {
            StoredSample? old = Find(number);
            if (!_budget.TryTake(Cost(value) - (old is null ? 0 : Cost(old)))) return false;
            Put(number, value);
            return true;
        }
    }

    public override void Unset(int number)
    {
        lock (_gate)
        {
            if (Find(number) is not { } old) return;
            _ = _budget.TryTake(-Cost(old));
            Put(number, null);
        }
    }

    private static int Cost(StoredSample value) => VariableBudget.OverheadBytes + value.ByteCount;

    private void Put(int number, StoredSample? value)
    {
        StoredSample?[] values = _values;
        if (number >= values.Length) Array.Resize(ref values, Math.Max(4, 2 * (number + 1)));
        Volatile.Write(ref values[number], value);
        Volatile.Write(ref _values, values);
    }
}
