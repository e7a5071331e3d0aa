using System.Collections.Immutable;

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
}
