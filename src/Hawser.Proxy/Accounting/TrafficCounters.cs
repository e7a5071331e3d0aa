using Hawser.Base.Time;

namespace Hawser.Proxy.Accounting;

/// <summary>
/// What one loop counted for one frontend, backend or server. Each loop writes its own instance with plain stores and
/// readers add the instances up, so no counter is shared between cores.
/// </summary>
public sealed class TrafficCounters
{
    public long Sessions;
    public long Connections;

    /// <summary>From the client.</summary>
    public long RequestBytes;

    /// <summary>From the server.</summary>
    public long ResponseBytes;

    /// <summary>To the server.</summary>
    public long RequestBytesOut;

    /// <summary>To the client.</summary>
    public long ResponseBytesOut;

    public long RequestBytesLost;
    public long ResponseBytesLost;
    public long RequestBytesUnconfirmed;
    public long ResponseBytesUnconfirmed;

    /// <summary>Sessions that lost at least one byte.</summary>
    public long LossySessions;

    public long ConnectionErrors;
    public long ResponseErrors;
    public long Retries;
    public long Redispatches;
    public long ClientAborts;
    public long ServerAborts;

    /// <summary>Sessions given to a server by the algorithm.</summary>
    public long Balanced;

    /// <summary>Connections to servers that were used again.</summary>
    public long ConnectionReuses;

    /// <summary>Refused by a rule or an invalid handshake; the kinds of it follow.</summary>
    public long Denied;

    /// <summary>By "tcp-request connection".</summary>
    public long DeniedConnections;

    /// <summary>By "tcp-request session".</summary>
    public long DeniedSessions;

    /// <summary>By rules over a request, or over what a client sent.</summary>
    public long DeniedRequests;

    /// <summary>By rules over a response, or over what a server sent.</summary>
    public long DeniedResponses;

    /// <summary>Requests that were invalid or never came.</summary>
    public long RequestErrors;

    public long InternalErrors;

    /// <summary>Wall-clock seconds of the last session; 0: there was none.</summary>
    public long LastSessionSeconds;

    public RateWindow SessionRate;
    public RateWindow ConnectionRate;

    /// <summary>Bytes of sessions that ended, both ways.</summary>
    public RateWindow ByteRate;

    // Of sessions that reached a server.
    public TimeAverage QueueTime;
    public TimeAverage ConnectTime;
    public TimeAverage ResponseTime;
    public TimeAverage TotalTime;

    /// <summary>Null outside of "mode http".</summary>
    public HttpCounters? Http { get; private init; }

    /// <summary>Sum over the loops, exact once they are quiet.</summary>
    public static TrafficCounters Sum(TrafficCounters[] perLoop)
    {
        TrafficCounters sum = new() { Http = perLoop.Length > 0 && perLoop[0].Http is not null ? new HttpCounters() : null };
        foreach (TrafficCounters one in perLoop)
        {
            sum.Sessions += one.Sessions;
            sum.Connections += one.Connections;
            sum.RequestBytes += one.RequestBytes;
            sum.ResponseBytes += one.ResponseBytes;
            sum.RequestBytesOut += one.RequestBytesOut;
            sum.ResponseBytesOut += one.ResponseBytesOut;
            sum.RequestBytesLost += one.RequestBytesLost;
            sum.ResponseBytesLost += one.ResponseBytesLost;
            sum.RequestBytesUnconfirmed += one.RequestBytesUnconfirmed;
            sum.ResponseBytesUnconfirmed += one.ResponseBytesUnconfirmed;
            sum.LossySessions += one.LossySessions;
            sum.ConnectionErrors += one.ConnectionErrors;
            sum.ResponseErrors += one.ResponseErrors;
            sum.Retries += one.Retries;
            sum.Redispatches += one.Redispatches;
            sum.ClientAborts += one.ClientAborts;
            sum.ServerAborts += one.ServerAborts;
            sum.Balanced += one.Balanced;
            sum.ConnectionReuses += one.ConnectionReuses;
            sum.Denied += one.Denied;
            sum.DeniedConnections += one.DeniedConnections;
            sum.DeniedSessions += one.DeniedSessions;
            sum.DeniedRequests += one.DeniedRequests;
            sum.DeniedResponses += one.DeniedResponses;
            sum.RequestErrors += one.RequestErrors;
            sum.InternalErrors += one.InternalErrors;
            sum.LastSessionSeconds = long.Max(sum.LastSessionSeconds, one.LastSessionSeconds);
            sum.QueueTime.Join(one.QueueTime);
            sum.ConnectTime.Join(one.ConnectTime);
            sum.ResponseTime.Join(one.ResponseTime);
            sum.TotalTime.Join(one.TotalTime);
            if (sum.Http is not null)
                one.Http?.AddTo(sum.Http);
        }

        return sum;
    }

    /// <summary>"clear counters all"; on the loop that writes this instance.</summary>
    public void Clear()
    {
        Sessions = 0;
        Connections = 0;
        RequestBytes = 0;
        ResponseBytes = 0;
        RequestBytesOut = 0;
        ResponseBytesOut = 0;
        RequestBytesLost = 0;
        ResponseBytesLost = 0;
        RequestBytesUnconfirmed = 0;
        ResponseBytesUnconfirmed = 0;
        LossySessions = 0;
        ConnectionErrors = 0;
        ResponseErrors = 0;
        Retries = 0;
        Redispatches = 0;
        ClientAborts = 0;
        ServerAborts = 0;
        Balanced = 0;
        ConnectionReuses = 0;
        Denied = 0;
        DeniedConnections = 0;
        DeniedSessions = 0;
        DeniedRequests = 0;
        DeniedResponses = 0;
        RequestErrors = 0;
        InternalErrors = 0;
        LastSessionSeconds = 0;
        SessionRate = default;
        ConnectionRate = default;
        ByteRate = default;
        QueueTime = default;
        ConnectTime = default;
        ResponseTime = default;
        TotalTime = default;
        Http?.Clear();
        ClearMaxima();
    }

    /// <summary>"clear counters"; on the loop that writes this instance.</summary>
    public void ClearMaxima()
    {
        SessionRate.ForgetMost();
        ConnectionRate.ForgetMost();
        ByteRate.ForgetMost();
        QueueTime.ForgetLongest();
        ConnectTime.ForgetLongest();
        ResponseTime.ForgetLongest();
        TotalTime.ForgetLongest();
        Http?.RequestRate.ForgetMost();
    }

    public static long SessionRateOf(TrafficCounters[] perLoop, Instant now)
    {
        long rate = 0;
        foreach (TrafficCounters one in perLoop)
            rate += one.SessionRate.Rate(now);
        return rate;
    }

    public static long ConnectionRateOf(TrafficCounters[] perLoop, Instant now)
    {
        long rate = 0;
        foreach (TrafficCounters one in perLoop)
            rate += one.ConnectionRate.Rate(now);
        return rate;
    }

    public static long RequestRateOf(TrafficCounters[] perLoop, Instant now)
    {
        long rate = 0;
        foreach (TrafficCounters one in perLoop)
            rate += one.Http?.RequestRate.Rate(now) ?? 0;
        return rate;
    }

    /// <param name="isHttp">The proxy is in "mode http".</param>
    public static TrafficCounters[] PerLoop(int loops, bool isHttp = false)
    {
        TrafficCounters[] result = new TrafficCounters[loops];
        for (int i = 0; i < loops; i++)
            result[i] = new TrafficCounters { Http = isHttp ? new HttpCounters() : null };
        return result;
    }
}
