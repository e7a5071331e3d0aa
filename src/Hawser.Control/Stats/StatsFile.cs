using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Stats;

/// <summary>
/// "dump stats-file": the counters of objects with a "guid", which "stats-file" reads at the next start (management
/// manual, 9.5). A section for frontends and listeners and one for backends and servers; columns by name, so that
/// versions with other columns understand one another.
/// </summary>
public static class StatsFile
{
    /// <summary>A column, and where its value is kept.</summary>
    /// <param name="Set">Null for what cannot be given back: rates.</param>
    internal sealed record Column(string Name, Func<TrafficCounters, long> Get, Action<TrafficCounters, long>? Set);

    private static readonly ImmutableArray<Column> s_common =
    [
        new("bin", static sum => sum.RequestBytes, static (one, value) => one.RequestBytes = value),
        new("bout", static sum => sum.ResponseBytes, static (one, value) => one.ResponseBytes = value),
        new("dreq", static sum => sum.DeniedRequests, static (one, value) => one.DeniedRequests = value),
        new("dresp", static sum => sum.DeniedResponses, static (one, value) => one.DeniedResponses = value),
        .. Enumerable.Range(1, 6).Select(static digit => new Column(
            digit < 6 ? $"hrsp_{digit}xx" : "hrsp_other",
            sum => sum.Responses[digit % 6],
            (one, value) => one.Responses[digit % 6] = value)),
        new("req_tot", static sum => sum.Requests, static (one, value) => (one.Requests, one.RequestsEnded) = (value, value)),
        new("comp_in", static sum => sum.CompressionIn, static (one, value) => one.CompressionIn = value),
        new("comp_out", static sum => sum.CompressionOut, static (one, value) => one.CompressionOut = value),
        new("comp_byp", static sum => sum.CompressionBypassed, static (one, value) => one.CompressionBypassed = value),
        new("comp_rsp", static sum => sum.CompressedResponses, static (one, value) => one.CompressedResponses = value),
        new("wrew", static sum => sum.FailedRewrites, static (one, value) => one.FailedRewrites = value),
        new("cache_lookups", static sum => sum.CacheLookups, static (one, value) => one.CacheLookups = value),
        new("cache_hits", static sum => sum.CacheHits, static (one, value) => one.CacheHits = value),
        new("eint", static sum => sum.InternalErrors, static (one, value) => one.InternalErrors = value),
        new("reqbin", static sum => sum.RequestBytes, null),
        new("reqbout", static sum => sum.RequestBytesOut, static (one, value) => one.RequestBytesOut = value),
        new("resbin", static sum => sum.ResponseBytes, null),
        new("resbout", static sum => sum.ResponseBytesOut, static (one, value) => one.ResponseBytesOut = value),
        new("cache_hint_hits", static sum => sum.CacheHintHits, static (one, value) => one.CacheHintHits = value),
        new("req_bytes_lost", static sum => sum.RequestBytesLost, static (one, value) => one.RequestBytesLost = value),
        new("res_bytes_lost", static sum => sum.ResponseBytesLost, static (one, value) => one.ResponseBytesLost = value),
        new("req_bytes_unconfirmed", static sum => sum.RequestBytesUnconfirmed, static (one, value) => one.RequestBytesUnconfirmed = value),
        new("res_bytes_unconfirmed", static sum => sum.ResponseBytesUnconfirmed, static (one, value) => one.ResponseBytesUnconfirmed = value),
        new("lossy_sessions", static sum => sum.LossySessions, static (one, value) => one.LossySessions = value),
    ];

    internal static ImmutableArray<Column> FrontendColumns { get; } =
    [
        new("stot", static sum => sum.Sessions, static (one, value) => one.Sessions = value),
        new("ereq", static sum => sum.RequestErrors, static (one, value) => one.RequestErrors = value),
        new("conn_tot", static sum => sum.Connections, static (one, value) => one.Connections = value),
        new("intercepted", static sum => sum.Intercepted, static (one, value) => one.Intercepted = value),
        new("dcon", static sum => sum.DeniedConnections, static (one, value) => one.DeniedConnections = value),
        new("dses", static sum => sum.DeniedSessions, static (one, value) => one.DeniedSessions = value),
        new("h1sess", static sum => sum.Http1Sessions, static (one, value) => one.Http1Sessions = value),
        new("h2sess", static sum => sum.Http2Sessions, static (one, value) => one.Http2Sessions = value),
        new("h3sess", static sum => sum.Http3Sessions, static (one, value) => one.Http3Sessions = value),
        new("h1req", static sum => sum.Http1Requests, static (one, value) => one.Http1Requests = value),
        new("h2req", static sum => sum.Http2Requests, static (one, value) => one.Http2Requests = value),
        new("h3req", static sum => sum.Http3Requests, static (one, value) => one.Http3Requests = value),
        .. s_common,
    ];

    internal static ImmutableArray<Column> BackendColumns { get; } =
    [
        new("stot", static sum => sum.Sessions, static (one, value) => one.Sessions = value),
        new("econ", static sum => sum.ConnectionErrors, static (one, value) => one.ConnectionErrors = value),
        new("eresp", static sum => sum.ResponseErrors, static (one, value) => one.ResponseErrors = value),
        new("wretr", static sum => sum.Retries, static (one, value) => one.Retries = value),
        new("wredis", static sum => sum.Redispatches, static (one, value) => one.Redispatches = value),
        new("lbtot", static sum => sum.Balanced, static (one, value) => one.Balanced = value),
        new("cli_abrt", static sum => sum.ClientAborts, static (one, value) => one.ClientAborts = value),
        new("srv_abrt", static sum => sum.ServerAborts, static (one, value) => one.ServerAborts = value),
        new("connect", static sum => sum.Connections, static (one, value) => one.Connections = value),
        new("reuse", static sum => sum.Reuses, static (one, value) => one.Reuses = value),
        .. s_common,
    ];

    /// <summary>The file's lines, without their ends.</summary>
    public static IEnumerable<string> Lines(ProxySet set)
    {
        yield return Head("fe", FrontendColumns);
        foreach (Frontend frontend in set.Frontends)
        {
            if (frontend.Config.Guid is { } guid)
                yield return Line(guid.Value, frontend.Counters, FrontendColumns);
            foreach (Listener listener in set.Listeners)
            {
                if (listener is { Guid: { } own, Counters: { } counters } && listener.Frontend == frontend)
                    yield return Line(own, counters, FrontendColumns);
            }
        }

        yield return "";
        yield return Head("be", BackendColumns);
        foreach (Backend backend in set.Backends)
        {
            foreach (Server server in backend.Servers)
            {
                if (server.Config.Guid is { } own)
                    yield return Line(own.Value, server.Counters, BackendColumns);
            }

            if (backend.Config.Guid is { } guid)
                yield return Line(guid.Value, backend.Counters, BackendColumns);
        }
    }

    private static string Head(string section, ImmutableArray<Column> columns) =>
        $"#{section} guid,{string.Join(',', columns.Select(static column => column.Name))},";

    private static string Line(string guid, TrafficCounters[] counters, ImmutableArray<Column> columns)
    {
        TrafficCounters sum = TrafficCounters.Sum(counters);
        StringBuilder line = new(guid);
        foreach (Column column in columns)
            line.Append(',').Append(column.Get(sum).ToString(CultureInfo.InvariantCulture));
        return line.Append(',').ToString();
    }
}
