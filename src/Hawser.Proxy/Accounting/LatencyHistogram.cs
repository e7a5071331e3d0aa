using System;
using System.Numerics;

namespace Hawser.Proxy.Accounting;

/// <summary>
/// How many durations there were of each length: exact up to 8 ms, then four classes for each doubling, so that a value is
/// known to a quarter of itself. Written by one loop, with one increment; no memory is taken after it is made.
/// </summary>
public sealed class LatencyHistogram
{
    /// <summary>The last class begins at about four and a half hours.</summary>
    public const int Classes = 88;

    private const int ExactBits = 3;
    private const int ClassBits = 2;
    private const int Exact = 1 << ExactBits;

    private readonly long[] _counts = new long[Classes];

    /// <summary>By class, shortest first.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    public void Add(long milliseconds) => _counts[ClassOf(milliseconds)]++;

    public void Join(LatencyHistogram other)
    {
        for (int i = 0; i < Classes; i++)
            _counts[i] += other._counts[i];
    }

    public void Clear() => Array.Clear(_counts);

    /// <summary>The class that a duration belongs to; negative ones are none.</summary>
    public static int ClassOf(long milliseconds)
    {
        if (milliseconds < Exact)
            return (int)long.Max(0, milliseconds);
        int magnitude = BitOperations.Log2((ulong)milliseconds);
        int part = (int)(milliseconds >> (magnitude - ClassBits)) & ((1 << ClassBits) - 1);
        return int.Min(Classes - 1, Exact + ((magnitude - ExactBits) << ClassBits) + part);
    }

    /// <summary>The longest duration of a class, in milliseconds.</summary>
    public static long LongestOf(int index)
    {
        if (index < Exact)
            return index;
        int magnitude = ExactBits + ((index - Exact) >> ClassBits);
        long part = (index - Exact) & ((1 << ClassBits) - 1);
        long step = 1L << (magnitude - ClassBits);
        return (1L << magnitude) + ((part + 1) * step) - 1;
    }

    /// <summary>The duration that so many of a hundred did not exceed.</summary>
    /// <param name="counts">By class, such as <see cref="Counts"/>, or what came in between two looks at them.</param>
    /// <param name="percent">0 to 100.</param>
    /// <returns>-1 when there was none.</returns>
    public static long Percentile(ReadOnlySpan<long> counts, double percent)
    {
        long total = 0;
        foreach (long count in counts)
            total += count;
        if (total <= 0)
            return -1;
        long wanted = long.Max(1, (long)Math.Ceiling(total * percent / 100));
        int index = 0;
        for (long seen = counts[0]; seen < wanted; seen += counts[++index]) { }
        return LongestOf(index);
    }
}
