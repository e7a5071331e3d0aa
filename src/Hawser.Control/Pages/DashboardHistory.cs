using System;
using System.Runtime.CompilerServices;
using Hawser.Base.Time;
using Hawser.Proxy.Accounting;

namespace Hawser.Control.Pages;

/// <summary>
/// What latencies were until lately, so that a dashboard shows those of the last half to whole minute and not of all
/// time. One for all who look; on the control loop.
/// </summary>
internal sealed class DashboardHistory
{
    private const long RenewMs = 30_000;

    private readonly ConditionalWeakTable<TrafficCounters[], Window> _windows = [];

    /// <summary>What was counted since the window began; <paramref name="recent"/> has a place for each class.</summary>
    public void Recent(TrafficCounters[] counters, LatencyHistogram sum, Instant now, Span<long> recent)
    {
        if (!_windows.TryGetValue(counters, out Window? window))
        {
            window = new Window { RenewedAt = now };
            sum.Counts.CopyTo(window.Before);
            sum.Counts.CopyTo(window.Middle);
            _windows.Add(counters, window);
        }

        if ((now - window.RenewedAt).Value >= RenewMs)
        {
            // Nobody has looked for long: what lies further back is not recent.
            bool isStale = (now - window.RenewedAt).Value >= 2 * RenewMs;
            if (isStale)
                sum.Counts.CopyTo(window.Before);
            else
                window.Middle.CopyTo(window.Before, 0);
            sum.Counts.CopyTo(window.Middle);
            window.RenewedAt = now;
        }

        for (int i = 0; i < recent.Length; i++)
        {
            // Less than before: the counters were cleared.
            long count = sum.Counts[i] - window.Before[i];
            recent[i] = count >= 0 ? count : sum.Counts[i];
        }
    }

    private sealed class Window
    {
        public readonly long[] Before = new long[LatencyHistogram.Classes];
        public readonly long[] Middle = new long[LatencyHistogram.Classes];
        public Instant RenewedAt;
    }
}
