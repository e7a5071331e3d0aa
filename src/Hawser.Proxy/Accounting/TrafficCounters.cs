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

    /// <summary>Refused by a rule or an invalid handshake.</summary>
    public long Denied;

    /// <summary>Mode http: requests whose head was complete.</summary>
    public long Requests;

    /// <summary>Requests that did not come whole, or not in order.</summary>
    public long RequestErrors;

    public long DeniedResponses;

    /// <summary>Responses to clients, ours included, by the first digit of their status; at 0 all others.</summary>
    public readonly long[] Responses = new long[6];

    /// <summary>Requests that used a server's connection again.</summary>
    public long Reuses;

    /// <summary>Rewritings that found no room.</summary>
    public long FailedRewrites;
    /// <summary>New sessions; of a server, connections tried.</summary>
    public EventRate SessionRate;

    /// <summary><see cref="SessionRate"/> of all loops.</summary>
    public static long SessionsPerSecond(TrafficCounters[] perLoop, Instant now)
    {
        long sum = 0;
        foreach (TrafficCounters one in perLoop)
            sum += one.SessionRate.PerSecond(now);
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
            sum.Denied += one.Denied;
            sum.Requests += one.Requests;
            sum.RequestErrors += one.RequestErrors;
            sum.DeniedResponses += one.DeniedResponses;
            sum.Reuses += one.Reuses;
            sum.FailedRewrites += one.FailedRewrites;
            for (int digit = 0; digit < sum.Responses.Length; digit++) sum.Responses[digit] += one.Responses[digit];
        }

        return sum;
    }

    public static TrafficCounters[] PerLoop(int loops)
    {
        TrafficCounters[] result = new TrafficCounters[loops];
        for (int i = 0; i < loops; i++)
            result[i] = new TrafficCounters();
        return result;
    }
}
