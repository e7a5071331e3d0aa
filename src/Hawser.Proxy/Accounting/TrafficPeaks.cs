using Hawser.Base.Time;

namespace Hawser.Proxy.Accounting;

/// <summary>
/// The highest values of one frontend, backend or server. Counts of sessions are exact, but for the places that
/// acceptors hold while they look for a connection. Rates are summed over the loops
/// when a loop's own rate is at its highest or its second is over: that finds the highest sum of a steady load, and may
/// miss a peak that several loops share for less than a second.
/// </summary>
public sealed class TrafficPeaks
{
    /// <summary>Sessions at one time ("smax").</summary>
    public Peak Sessions;

    /// <summary>Sessions that waited at one time ("qmax").</summary>
    public Peak Queue;

    public Peak SessionRate;

    public Peak ConnectionRate;

    public Peak RequestRate;

    /// <summary>A session began on a loop.</summary>
    public void CountSession(TrafficCounters[] perLoop, int loop, Instant now)
    {
        if (perLoop[loop].SessionRate.Count(now))
            SessionRate.Observe(TrafficCounters.SessionsPerSecond(perLoop, now));
    }

    /// <summary>A connection came in on a loop.</summary>
    public void CountConnection(TrafficCounters[] perLoop, int loop, Instant now)
    {
        if (perLoop[loop].ConnectionRate.Count(now))
            ConnectionRate.Observe(TrafficCounters.ConnectionsPerSecond(perLoop, now));
    }

    /// <summary>A request came in on a loop; "mode http" only.</summary>
    public void CountRequest(TrafficCounters[] perLoop, int loop, Instant now)
    {
        perLoop[loop].Requests++;
        if (perLoop[loop].RequestRate.Count(now))
            RequestRate.Observe(TrafficCounters.RequestsPerSecond(perLoop, now));
    }

    /// <summary>"clear counters".</summary>
    public void Clear(long sessionsNow, long queueNow)
    {
        Sessions.Reset(sessionsNow);
        Queue.Reset(queueNow);
        SessionRate.Reset(0);
        ConnectionRate.Reset(0);
        RequestRate.Reset(0);
    }
}
