using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;

namespace Hawser.Control.Stats;

/// <summary>The columns that several kinds of objects have.</summary>
internal static class CommonStats
{
    private const long MillisecondsPerSecond = 1000;

    public static void Name(StatLine line, ProxyConfig proxy, string name)
    {
        line[StatField.ProxyName] = proxy.Name;
        line[StatField.ServerName] = name;
        line[StatField.Process] = 1;
        line[StatField.ProxyId] = proxy.Id;
        line[StatField.ObjectId] = line.ObjectId;
        line[StatField.Type] = (int)line.Kind;
        line[StatField.Mode] = ModeName(proxy.Mode);
        ModuleStats.Begin(line);
    }

    public static void Traffic(StatLine line, TrafficCounters sum)
    {
        line[StatField.SessionsTotal] = sum.Sessions;
        line[StatField.BytesIn] = sum.RequestBytes;
        line[StatField.BytesOut] = sum.ResponseBytes;
        line[StatField.RequestBytesIn] = sum.RequestBytes;
        line[StatField.RequestBytesOut] = sum.RequestBytesOut;
        line[StatField.ResponseBytesIn] = sum.ResponseBytes;
        line[StatField.ResponseBytesOut] = sum.ResponseBytesOut;
        line[StatField.DeniedResponses] = sum.DeniedResponses;
        line[StatField.InternalErrors] = sum.InternalErrors;
        line[StatField.FailedRewrites] = sum.FailedRewrites;
        line[StatField.RequestBytesLost] = sum.RequestBytesLost;
        line[StatField.ResponseBytesLost] = sum.ResponseBytesLost;
        line[StatField.RequestBytesUnconfirmed] = sum.RequestBytesUnconfirmed;
        line[StatField.ResponseBytesUnconfirmed] = sum.ResponseBytesUnconfirmed;
        line[StatField.LossySessions] = sum.LossySessions;
    }

    /// <summary>What backends and servers have in common.</summary>
    public static void Connecting(StatLine line, TrafficCounters sum, UnixTime wallClock)
    {
        line[StatField.ConnectionErrors] = sum.ConnectionErrors;
        line[StatField.ResponseErrors] = sum.ResponseErrors;
        line[StatField.Retries] = sum.Retries;
        line[StatField.Redispatches] = sum.Redispatches;
        line[StatField.ClientAborts] = sum.ClientAborts;
        line[StatField.ServerAborts] = sum.ServerAborts;
        line[StatField.Balanced] = sum.Balanced;
        line[StatField.ConnectionAttempts] = sum.Connections;
        line[StatField.ConnectionReuses] = sum.Reuses;
        line[StatField.LastSession] = sum.LastSessionSeconds == 0 ? -1 : long.Max(0, wallClock.Seconds - sum.LastSessionSeconds);
        line[StatField.QueueTime] = sum.QueueTime.MeanMs;
        line[StatField.ConnectTime] = sum.ConnectTime.MeanMs;
        line[StatField.ResponseTime] = sum.ResponseTime.MeanMs;
        line[StatField.TotalTime] = sum.TotalTime.MeanMs;
        line[StatField.QueueTimeMaximum] = sum.QueueTime.LongestMs;
        line[StatField.ConnectTimeMaximum] = sum.ConnectTime.LongestMs;
        line[StatField.ResponseTimeMaximum] = sum.ResponseTime.LongestMs;
        line[StatField.TotalTimeMaximum] = sum.TotalTime.LongestMs;
    }

    /// <summary>"mode http": the answers by class.</summary>
    public static void Responses(StatLine line, ProxyConfig proxy, TrafficCounters sum)
    {
        if (proxy.Mode != ProxyMode.Http)
            return;
        line[StatField.Responses1xx] = sum.Responses[1];
        line[StatField.Responses2xx] = sum.Responses[2];
        line[StatField.Responses3xx] = sum.Responses[3];
        line[StatField.Responses4xx] = sum.Responses[4];
        line[StatField.Responses5xx] = sum.Responses[5];
        line[StatField.ResponsesOther] = sum.Responses[0];
        line[StatField.Requests] = sum.Requests;
    }

    /// <summary>"mode http": what frontends and backends have of it.</summary>
    public static void Content(StatLine line, ProxyConfig proxy, TrafficCounters sum)
    {
        line[StatField.CompressionIn] = sum.CompressionIn;
        line[StatField.CompressionOut] = sum.CompressionOut;
        line[StatField.CompressionBypassed] = sum.CompressionBypassed;
        line[StatField.CompressedResponses] = sum.CompressedResponses;
        if (proxy.Mode != ProxyMode.Http)
            return;
        line[StatField.CacheLookups] = sum.CacheLookups;
        line[StatField.CacheHits] = sum.CacheHits;
        line[StatField.CacheHintHits] = sum.CacheHintHits;
    }

    /// <summary>The weight in force, as users count: slow start makes it smaller, never 0.</summary>
    public static int Weight(Server server) => (server.EffectiveWeight + Server.WeightScale - 1) / Server.WeightScale;

    /// <summary>Whole seconds since a change; since the start when there was none.</summary>
    public static long SecondsSince(Instant change, Instant start, Instant now) =>
        long.Max(0, (now - (change.IsNever ? start : change)).Value) / MillisecondsPerSecond;

    public static string ModeName(ProxyMode mode) => mode switch
    {
        ProxyMode.Http => "http",
        ProxyMode.Health => "health",
        _ => "tcp",
    };
}
