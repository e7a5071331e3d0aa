using System.Collections.Immutable;
using Hawser.Proxy.Accounting;

namespace Hawser.Control.Stats;

/// <summary>
/// The columns that modules add ("show-modules", "extra-counters"). What a module does not count for an object stays empty,
/// what it could count and never happens here is 0.
/// </summary>
public static class ModuleStats
{
    /// <summary>A module and its columns.</summary>
    public readonly record struct Module(string Name, StatField First, StatField Last);

    public static readonly ImmutableArray<Module> List =
    [
        new("h2", StatField.Http2HeadersReceived, StatField.Http2StreamsTotal),
        new("ssl", StatField.TlsSessions, StatField.OcspStaplesFailed),
        new("h1", StatField.Http1ConnectionsOpen, StatField.Http1SplicedOut),
    ];

    /// <summary>Frontends and backends have all of them, servers and listeners those of TLS.</summary>
    internal static void Begin(StatLine line)
    {
        bool isProxy = line.Kind is StatObject.Frontend or StatObject.Backend;
        StatField first = isProxy ? StatField.Http2HeadersReceived : StatField.TlsSessions;
        StatField last = isProxy ? StatField.Http1SplicedOut : StatField.OcspStaplesFailed;
        for (StatField field = first; field <= last; field++)
            line[field] = 0;
    }

    /// <summary>HTTP/1 as a frontend speaks it with clients, or a backend with servers.</summary>
    /// <param name="connections">Open now.</param>
    /// <param name="total">Connections so far.</param>
    /// <param name="streams">Requests so far; to servers each attempt.</param>
    internal static void Http1(StatLine line, TrafficCounters[] perLoop, long connections, long total, long streams)
    {
        bool isFrontend = line.Kind == StatObject.Frontend;
        long underWay = 0;
        long bytesIn = 0;
        long bytesOut = 0;
        foreach (TrafficCounters one in perLoop)
        {
            underWay += one.Requests - one.RequestsEnded;
            bytesIn += isFrontend ? one.RequestBytes : one.ResponseBytes;
            bytesOut += isFrontend ? one.ResponseBytesOut : one.RequestBytesOut;
        }

        line[StatField.Http1ConnectionsOpen] = connections;
        line[StatField.Http1StreamsOpen] = long.Max(0, underWay);
        line[StatField.Http1ConnectionsTotal] = total;
        line[StatField.Http1StreamsTotal] = streams;
        line[StatField.Http1BytesIn] = bytesIn;
        line[StatField.Http1BytesOut] = bytesOut;
    }
}
