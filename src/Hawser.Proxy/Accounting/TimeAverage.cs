namespace Hawser.Proxy.Accounting;

/// <summary>
/// The mean of about the last 1,024 durations, and the longest of all (management manual, "qtime" and its kin). Written
/// by one loop.
/// </summary>
public struct TimeAverage
{
    private const int Window = 1024;

    private long _sum;
    private int _count;

    public long LongestMs { get; private set; }

    public void Add(long milliseconds)
    {
        if (milliseconds > LongestMs)
            LongestMs = milliseconds;
        if (_count < Window)
        {
            _count++;
            _sum += milliseconds;
        }
        else
        {
            _sum += milliseconds - ((_sum + Window - 1) / Window);
        }
    }

    public readonly long MeanMs => _count == 0 ? 0 : (_sum + _count - 1) / _count;

    public void ForgetLongest() => LongestMs = 0;

    /// <summary>Another loop's durations join these.</summary>
    public void Join(in TimeAverage other)
    {
        _sum += other._sum;
        _count += other._count;
        if (other.LongestMs > LongestMs)
            LongestMs = other.LongestMs;
    }
}
