using System;
using System.Threading;

namespace Hawser.Proxy.Accounting;

/// <summary>
/// The last events of a process, a line each, that "show events" reads: HAProxy's ring of that name. All loops write,
/// nobody waits: an event whose place is just being written is dropped and counted. Its memory is taken at the first one.
/// </summary>
/// <param name="name">As commands and arguments name it.</param>
public sealed class EventRing(string name, string description)
{
    /// <summary>A line that is longer is cut.</summary>
    public const int LongestEventBytes = 1024;

    private const int Places = 1024;

    private readonly long[] _states = new long[Places];
    private readonly int[] _lengths = new int[Places];
    private byte[]? _bytes;
    private long _next;
    private long _dropped;

    public string Name => name;

    public string Description => description;

    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>The number of the oldest event that can be there.</summary>
    public long First => Math.Max(0, Next - Places);

    /// <summary>The number that the next event gets; they count from 0.</summary>
    public long Next => Interlocked.Read(ref _next);

    /// <summary>On any loop.</summary>
    public void Write(ReadOnlySpan<byte> line)
    {
        if (_bytes is null) Interlocked.CompareExchange(ref _bytes, new byte[Places * LongestEventBytes], null);
        long number = Interlocked.Increment(ref _next) - 1;
        int place = (int)(number % Places);
        long before = Volatile.Read(ref _states[place]);

        // What a place holds is its event's number plus one, 0 for none; it is negative while somebody writes.
        if (before < 0 || before > number || Interlocked.CompareExchange(ref _states[place], -1, before) != before)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        if (line.Length > LongestEventBytes) line = line[..LongestEventBytes];
        line.CopyTo(_bytes.AsSpan(place * LongestEventBytes));
        _lengths[place] = line.Length;
        Volatile.Write(ref _states[place], number + 1);
    }

    /// <param name="destination">At least <see cref="LongestEventBytes"/>.</param>
    /// <returns>Bytes of the event; -1 when it is not there, no more or not yet.</returns>
    public int Read(long number, Span<byte> destination)
    {
        int place = (int)(number % Places);
        if (Volatile.Read(ref _states[place]) != number + 1) return -1;
        int length = _lengths[place];
        _bytes.AsSpan(place * LongestEventBytes, length).CopyTo(destination);
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _states[place]) == number + 1 ? length : -1;
    }
}
