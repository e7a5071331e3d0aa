using System.Threading;

namespace Hawser.Expressions.Samples;

/// <summary>
/// The memory of a scope's variables ("tune.vars.*-max-size"): what a store takes counts in its own scope and in the
/// scopes around it (a request in its transaction, that in its session, that in the process).
/// </summary>
/// <param name="outer">The scope around; null for all of them together.</param>
/// <param name="limit">Shared by all budgets of a scope; counts what did not fit.</param>
public sealed class VariableBudget(VariableBudget? outer, VariableRefusals limit)
{
    /// <summary>What a variable costs besides its bytes, so that many empty ones count as well.</summary>
    public const int OverheadBytes = 64;

    private long _usedBytes;

    public long UsedBytes => Volatile.Read(ref _usedBytes);

    /// <param name="bytes">Negative: gives back.</param>
    public bool TryTake(long bytes)
    {
        // The process's budget is shared by all loops; the others are one loop's, where this costs little.
        long used = Interlocked.Add(ref _usedBytes, bytes);
        bool isWithin = bytes <= 0 || limit.LimitBytes == 0 || used <= limit.LimitBytes;
        if (!isWithin) limit.Count();
        if (isWithin && (outer is null || outer.TryTake(bytes))) return true;
        _ = Interlocked.Add(ref _usedBytes, -bytes);
        return false;
    }
}
