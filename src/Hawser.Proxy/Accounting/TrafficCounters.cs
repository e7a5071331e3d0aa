using System.Threading;
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

    /// <summary>Requests that used a server's connection again.</summary>
    public long Reuses;

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

    /// <summary>New sessions; of a server, connections tried.</summary>
    public RateWindow SessionRate;

    public RateWindow ConnectionRate;

    /// <summary>Bytes of sessions that ended, both ways.</summary>
    public RateWindow ByteRate;

    // Of sessions that reached a server.
    public TimeAverage QueueTime;
    public TimeAverage ConnectTime;
    public TimeAverage ResponseTime;
    public TimeAverage TotalTime;

    private LatencyHistogram? _latency;

    // "mode http".

    /// <summary>Requests whose head was complete; counted by <see cref="TrafficPeaks.CountRequest"/>.</summary>
    public long Requests;

    public RateWindow RequestRate;

    /// <summary>Responses to clients, ours included, by the first digit of their status; at 0 all others.</summary>
    public readonly long[] Responses = new long[6];

    /// <summary>Requests answered by a rule or a service.</summary>
    public long Intercepted;

    /// <summary>Rewritings that found no room.</summary>
    public long FailedRewrites;

    public long CacheLookups;
    public long CacheHits;
    public long CacheHintHits;

    public long CompressionIn;
    public long CompressionOut;
    public long CompressionBypassed;
    public long CompressedResponses;

    // By version; what is none of them is "other".
    public long Http1Sessions;
    public long Http2Sessions;
    public long Http3Sessions;
    public long Http1Requests;
    public long Http2Requests;
    public long Http3Requests;

    /// <summary>Requests that are over, of those that were counted.</summary>
    public long RequestsEnded;

    /// <summary>
    /// How long sessions, or requests, took from their beginning to their end. Made by the first of them, once, on the loop
    /// that writes this instance: of 10,000 servers most have never had one on each loop.
    /// </summary>
    public LatencyHistogram Latency
    {
        get
        {
            if (_latency is { } made)
                return made;
            LatencyHistogram latency = new();
            Volatile.Write(ref _latency, latency);
            return latency;
        }
    }

    /// <summary>By rules over a request.</summary>
    public void CountDeniedRequest()
    {
        Denied++;
        DeniedRequests++;
    }

    /// <summary>The latencies of all loops; <see cref="Sum"/> leaves them out.</summary>
    public static LatencyHistogram SumOfLatencies(TrafficCounters[] perLoop)
    {
        LatencyHistogram sum = new();
        foreach (TrafficCounters one in perLoop)
        {
            if (Volatile.Read(ref one._latency) is { } latency)
                sum.Join(latency);
        }

        return sum;
    }

    /// <summary>Sum over the loops, exact once they are quiet.</summary>
    public static TrafficCounters Sum(TrafficCounters[] perLoop)
    {
        TrafficCounters sum = new();
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
            sum.Reuses += one.Reuses;
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
            sum.Requests += one.Requests;
            sum.Intercepted += one.Intercepted;
            sum.FailedRewrites += one.FailedRewrites;
            sum.CacheLookups += one.CacheLookups;
            sum.CacheHits += one.CacheHits;
            sum.CacheHintHits += one.CacheHintHits;
            sum.CompressionIn += one.CompressionIn;
            sum.CompressionOut += one.CompressionOut;
            sum.CompressionBypassed += one.CompressionBypassed;
            sum.CompressedResponses += one.CompressedResponses;
            sum.Http1Sessions += one.Http1Sessions;
            sum.Http2Sessions += one.Http2Sessions;
            sum.Http3Sessions += one.Http3Sessions;
            sum.Http1Requests += one.Http1Requests;
            sum.Http2Requests += one.Http2Requests;
            sum.Http3Requests += one.Http3Requests;
            sum.RequestsEnded += one.RequestsEnded;
            for (int digit = 0; digit < sum.Responses.Length; digit++)
                sum.Responses[digit] += one.Responses[digit];
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
        Reuses = 0;
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
        _latency?.Clear();
        Requests = 0;
        Intercepted = 0;
        FailedRewrites = 0;
        CacheLookups = 0;
        CacheHits = 0;
        CacheHintHits = 0;
        CompressionIn = 0;
        CompressionOut = 0;
        CompressionBypassed = 0;
        CompressedResponses = 0;
        Http1Sessions = 0;
        Http2Sessions = 0;
        Http3Sessions = 0;
        Http1Requests = 0;
        Http2Requests = 0;
        Http3Requests = 0;
        RequestsEnded = 0;
        RequestRate = default;
        System.Array.Clear(Responses);
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
        RequestRate.ForgetMost();
    }

    public static long SessionsPerSecond(TrafficCounters[] perLoop, Instant now)
    {
        long rate = 0;
        foreach (TrafficCounters one in perLoop)
            rate += one.SessionRate.Rate(now);
        return rate;
    }

    public static long ConnectionsPerSecond(TrafficCounters[] perLoop, Instant now)
    {
        long rate = 0;
        foreach (TrafficCounters one in perLoop)
            rate += one.ConnectionRate.Rate(now);
        return rate;
    }

    public static long RequestsPerSecond(TrafficCounters[] perLoop, Instant now)
    {
        long rate = 0;
        foreach (TrafficCounters one in perLoop)
            rate += one.RequestRate.Rate(now);
        return rate;
    }

    public static TrafficCounters[] PerLoop(int loops)
    {
        TrafficCounters[] result = new TrafficCounters[loops];
        for (int i = 0; i < loops; i++)
            result[i] = new TrafficCounters();
        return result;
    }
}
