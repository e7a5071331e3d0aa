using System;

namespace Hawser.Base.Collections;

/// <summary>
/// How many free objects of a pool nobody has needed for a while, which can be let go: the fewest that lay there at any
/// time of the last two periods. A load that comes back within a period finds what it left.
/// </summary>
/// <param name="resident">Objects that stay in any case.</param>
public struct PoolTide(int resident)
{
    private int _lowest;
    private int _lowestBefore;
    private int _surplus;

    /// <summary>An object was taken, or there was none to take. On the data path: a comparison.</summary>
    /// <param name="left">Free objects.</param>
    public void Taken(int left)
    {
        if (left < _lowest)
            _lowest = left;
    }

    /// <summary>There may be something to let go of.</summary>
    public readonly bool IsHigh(int free) => free > resident;

    public void EndPeriod(int free)
    {
        _surplus = Math.Min(_lowest, _lowestBefore);
        _lowestBefore = _lowest;
        _lowest = free;
    }

    /// <summary>True when one more is to be let go of, which the caller does.</summary>
    public bool TakeSurplus(int free)
    {
        // Whoever came since the period ended needs some of it.
        if (_surplus == 0 || _lowest == 0 || free <= resident)
            return false;
        _surplus--;
        _lowest--;
        _lowestBefore = Math.Max(0, _lowestBefore - 1);
        return true;
    }
}
