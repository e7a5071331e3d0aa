using System.Numerics;
using System.Threading;

namespace Hawser.Proxy.Connections;

/// <summary>
/// The ports of "source addr:low-high", of one server and of all loops: each is lent to one connection at a time, so
/// that a connection fails for want of a port only when all are in use. The kernel would not tell: several sockets
/// may be bound to one port, and only connect(2) finds that two of them have the same peer.
/// </summary>
public sealed class SourcePorts
{
    private const int WordBits = 64;

    private readonly int _first;
    private readonly ulong[] _free;
    private int _next;

    public SourcePorts(int first, int last)
    {
        _first = first;
        Count = last - first + 1;
        _free = new ulong[(Count + WordBits - 1) / WordBits];
        for (int place = 0; place < Count; place++)
            _free[place / WordBits] |= 1UL << (place % WordBits);
    }

    public int Count { get; }

    /// <summary>The next free one, beginning behind the last that was taken: what was given back rests as long as it can.</summary>
    /// <returns>0 when all are lent.</returns>
    public int Take()
    {
        int start = Volatile.Read(ref _next);
        int word = start / WordBits;
        ulong wanted = ulong.MaxValue << (start % WordBits);
        // The word that is begun in the middle is looked at once more at the end.
        for (int words = 0; words <= _free.Length; words++, word = (word + 1) % _free.Length, wanted = ulong.MaxValue)
        {
            while ((Volatile.Read(ref _free[word]) & wanted) is not 0 and ulong free)
            {
                int bit = BitOperations.TrailingZeroCount(free);
                if ((Interlocked.And(ref _free[word], ~(1UL << bit)) & (1UL << bit)) == 0)
                    continue;
                int place = word * WordBits + bit;
                Volatile.Write(ref _next, (place + 1) % Count);
                return _first + place;
            }
        }

        return 0;
    }

    public void Give(int port)
    {
        int place = port - _first;
        Interlocked.Or(ref _free[place / WordBits], 1UL << (place % WordBits));
    }
}
