using System;

namespace Hawser.Expressions.Samples;

/// <summary>
/// The variables of one scope of one owner (a session, a transaction …), by the numbers their names got when the
/// configuration was compiled. Made once, emptied for the next owner; a value's memory is kept for the next one.
/// </summary>
/// <param name="budget">What this scope and the scopes around it may hold.</param>
public class VariableStore(VariableBudget budget)
{
    private StoredSample?[] _values = [];

    /// <summary>
    /// The value of a variable; null when it is not set. Belongs to the store: it changes with the next write.
    /// </summary>
    public virtual StoredSample? Find(int number)
    {
        StoredSample?[] values = _values;
        return (uint)number < (uint)values.Length && values[number] is { HasValue: true } value ? value : null;
    }

    /// <returns>False when the scope's memory limit does not allow it (then the old value stays); that is counted.</returns>
    public virtual bool TrySet(int number, scoped in Sample sample)
    {
        if (number >= _values.Length) Array.Resize(ref _values, Math.Max(4, 2 * (number + 1)));
        StoredSample value = _values[number] ??= new StoredSample();
        int before = value.HasValue ? VariableBudget.OverheadBytes + value.ByteCount : 0;
        int after = VariableBudget.OverheadBytes + (sample.IsBytes ? sample.Bytes.Length : 0);
        if (!budget.TryTake(after - before)) return false;
        value.Store(in sample);
        return true;
    }

    public virtual void Unset(int number)
    {
        if (Find(number) is not { } value) return;
        _ = budget.TryTake(-(VariableBudget.OverheadBytes + value.ByteCount));
        value.Clear();
    }

    public bool IsEmpty
    {
        get
        {
            foreach (StoredSample? value in _values)
            {
                if (value is { HasValue: true }) return false;
            }

            return true;
        }
    }

    /// <summary>For the next owner.</summary>
    public void Clear()
    {
        foreach (StoredSample? value in _values)
        {
            if (value is not { HasValue: true }) continue;
            _ = budget.TryTake(-(VariableBudget.OverheadBytes + value.ByteCount));
            value.Clear();
        }
    }
}
