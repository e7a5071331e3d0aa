using System.Threading;

namespace Hawser.Proxy.Accounting;

/// <summary>
/// The highest value of something that all loops share; costs a read while nothing is higher. Used where it stands, never
/// as a copy.
/// </summary>
public struct Peak
{
    private long _value;

    public long Value => Volatile.Read(ref _value);

    public void Observe(long value)
    {
        long known = Volatile.Read(ref _value);
        while (value > known)
        {
            long seen = Interlocked.CompareExchange(ref _value, value, known);
            if (seen == known)
                return;
            known = seen;
        }
    }

    /// <summary>"clear counters": begins anew from the present value.</summary>
    public void Reset(long present) => Volatile.Write(ref _value, present);
}
