using System.Threading;
using Hawser.Base.Time;

namespace Hawser.Proxy.Logging;

/// <summary>Lets one message through per period, whichever loop asks first; counts all of them.</summary>
public sealed class OncePerPeriod
{
    private const long PeriodMs = 10_000;

    private long _lastMs = long.MinValue / 2;
    private long _count;

    /// <summary>How often there was something to say.</summary>
    public long Count => Interlocked.Read(ref _count);

    public bool TryEnter(Instant now)
    {
        Interlocked.Increment(ref _count);
        long last = Interlocked.Read(ref _lastMs);
        return now.Milliseconds - last >= PeriodMs
            && Interlocked.CompareExchange(ref _lastMs, now.Milliseconds, last) == last;
    }
}
