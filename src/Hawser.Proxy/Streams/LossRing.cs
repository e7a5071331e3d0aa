using System;

namespace Hawser.Proxy.Streams;

/// <summary>One loop's last sessions that lost data. Its memory is there from the start.</summary>
public sealed class LossRing
{
    public const int Capacity = 64;

    private readonly LossRecord[] _records = new LossRecord[Capacity];
    private long _count;

    /// <summary>Also those that are forgotten.</summary>
    public long Total => _count;

    internal void Add(in LossRecord record) => _records[_count++ % Capacity] = record;

    /// <summary>The newest first.</summary>
    /// <returns>How many.</returns>
    internal int CopyTo(Span<LossRecord> target)
    {
        int count = (int)Math.Min(_count, Math.Min(Capacity, target.Length));
        for (int i = 0; i < count; i++)
            target[i] = _records[(_count - 1 - i) % Capacity];
        return count;
    }
}
