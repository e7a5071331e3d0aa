using System;
using Hawser.Base.Time;

namespace Hawser.Control.Stats;

/// <summary>
/// "Idle_pct": the share of time that the threads did not spend computing, since the last look that is at least a second
/// ago. From the process's own account of its processor time: nothing is measured while nobody asks.
/// </summary>
public sealed class IdleMeter(int threads)
{
    private static readonly Milliseconds s_period = new(1000);

    private Instant _since = new(long.MinValue / 2);
    private TimeSpan _used;
    private int _percent = 100;

    public int Read(Instant now)
    {
        Milliseconds elapsed = now - _since;
        if (elapsed < s_period)
            return _percent;
        TimeSpan used = Environment.CpuUsage.TotalTime;
        double busy = (used - _used).TotalMilliseconds / ((double)elapsed.Value * Math.Max(1, threads));
        if (_used != default)
            _percent = (int)Math.Clamp(Math.Round(100 * (1 - busy)), 0, 100);
        _since = now;
        _used = used;
        return _percent;
    }
}
