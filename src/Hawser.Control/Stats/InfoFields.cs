using System.Collections.Immutable;
using System.Linq;

namespace Hawser.Control.Stats;

/// <summary>What is known of each <see cref="InfoField"/>, in its order.</summary>
public static class InfoFields
{
    /// <summary>Those that "float" shows with a fraction, or as rates that may have one.</summary>
    private static readonly InfoField[] s_floats =
    [
        InfoField.UptimeSec, InfoField.ConnRate, InfoField.SessRate, InfoField.SslRate, InfoField.SslFrontendKeyRate,
        InfoField.SslFrontendSessionReusePct, InfoField.SslBackendKeyRate, InfoField.CompressBpsIn, InfoField.CompressBpsOut,
        InfoField.StartTimeSec,
    ];

    public static readonly ImmutableArray<FieldDescription> List =
    [
        new("Name", "POSV", StatType.Text, "product"),
        new("Version", "POSV", StatType.Text, "version"),
        new("Release_date", "POSV", StatType.Text, "date of the release"),
        new("Nbthread", "CGSV", StatType.U32, "threads"),
        new("Nbproc", "CGSV", StatType.U32, "processes"),
        new("Process_num", "KGPV", StatType.U32, "number of this process"),
        new("Pid", "SGPV", StatType.U32, "process id"),
        new("Uptime", "MDPV", StatType.Text, "time since the start"),
        new("Uptime_sec", "MDPV", StatType.U32, "seconds since the start"),
        new("Memmax_MB", "CLPV", StatType.U32, "memory limit in MiB (-m)"),
        new("PoolAlloc_MB", "MGPV", StatType.U32, "MiB in buffer pools"),
        new("PoolUsed_MB", "MGPV", StatType.U32, "MiB of buffer pools in use"),
        new("PoolFailed", "MCPV", StatType.U32, "allocations that a pool refused"),
        new("Ulimit-n", "CLPV", StatType.U32, "limit of descriptors"),
        new("Maxsock", "CLPV", StatType.U32, "descriptors that may be needed"),
        new("Maxconn", "CLPV", StatType.U32, "limit of connections"),
        new("Hard_maxconn", "CLPV", StatType.U32, "limit of connections at the start"),
        new("CurrConns", "MGPV", StatType.U32, "connections now"),
        new("CumConns", "MCPV", StatType.U32, "connections so far"),
        new("CumReq", "MCPV", StatType.U32, "requests or sessions so far"),
        new("MaxSslConns", "MMPV", StatType.U32, "limit of TLS connections"),
        new("CurrSslConns", "MGPV", StatType.U32, "TLS connections now"),
        new("CumSslConns", "MCPV", StatType.U32, "TLS connections so far"),
        new("Maxpipes", "CLPV", StatType.U32, "limit of pipes"),
        new("PipesUsed", "MGPV", StatType.U32, "pipes in use"),
        new("PipesFree", "MGPV", StatType.U32, "pipes kept"),
        new("ConnRate", "MRPV", StatType.U32, "connections in the last second"),
        new("ConnRateLimit", "CLPV", StatType.U32, "limit of connections per second"),
        new("MaxConnRate", "MMPV", StatType.U32, "most connections in one second"),
        new("SessRate", "MRPV", StatType.U32, "sessions in the last second"),
        new("SessRateLimit", "CLPV", StatType.U32, "limit of sessions per second"),
        new("MaxSessRate", "MRPV", StatType.U32, "most sessions in one second"),
        new("SslRate", "MRPV", StatType.U32, "TLS sessions in the last second"),
        new("SslRateLimit", "CLPV", StatType.U32, "limit of TLS sessions per second"),
        new("MaxSslRate", "MMPV", StatType.U32, "most TLS sessions in one second"),
        new("SslFrontendKeyRate", "MGPV", StatType.U32, "TLS keys computed for clients in the last second"),
        new("SslFrontendMaxKeyRate", "MMPV", StatType.U32, "most TLS keys for clients in one second"),
        new("SslFrontendSessionReuse_pct", "MGPV", StatType.U32, "percent of TLS sessions that were resumed"),
        new("SslBackendKeyRate", "MRPV", StatType.U32, "TLS keys computed for servers in the last second"),
        new("SslBackendMaxKeyRate", "MMPV", StatType.U32, "most TLS keys for servers in one second"),
        new("SslCacheLookups", "MCPV", StatType.U32, "TLS session lookups"),
        new("SslCacheMisses", "MCPV", StatType.U32, "TLS session lookups without result"),
        new("CompressBpsIn", "MRPV", StatType.U32, "bytes per second given to the compressor"),
        new("CompressBpsOut", "MRPV", StatType.U32, "bytes per second out of the compressor"),
        new("CompressBpsRateLim", "CLPV", StatType.U32, "limit of the latter"),
        new("ZlibMemUsage", "MGPV", StatType.U32, "memory of zlib"),
        new("MaxZlibMemUsage", "CLPV", StatType.U32, "limit of the memory of zlib"),
        new("Tasks", "MGPV", StatType.U32, "timers"),
        new("Run_queue", "MGPV", StatType.U32, "jobs that wait for their turn"),
        new("Idle_pct", "MaPV", StatType.U32, "share of time spent waiting, in percent"),
        new("node", "COSV", StatType.Text, "name of the node"),
        new("description", "COSV", StatType.Text, "description of the node"),
        new("Stopping", "MGPV", StatType.U32, "a soft stop is under way"),
        new("Jobs", "MGPV", StatType.U32, "sessions, listeners and clients of this socket"),
        new("Unstoppable Jobs", "MGPV", StatType.U32, "jobs that a stop does not wait for"),
        new("Listeners", "MGPV", StatType.U32, "listening addresses"),
        new("ActivePeers", "MGPV", StatType.U32, "peers configured"),
        new("ConnectedPeers", "MGPV", StatType.U32, "peers connected"),
        new("DroppedLogs", "MGPV", StatType.U32, "log messages that could not be sent"),
        new("BusyPolling", "MGPV", StatType.U32, "busy polling is on"),
        new("FailedResolutions", "MGPV", StatType.U32, "names that could not be resolved"),
        new("TotalBytesOut", "MGPV", StatType.U64, "bytes sent so far"),
        new("TotalSplicedBytesOut", "MGPV", StatType.U64, "bytes sent through pipes so far"),
        new("BytesOutRate", "MRPV", StatType.U64, "bytes sent in the last second"),
        new("DebugCommandsIssued", "MGPV", StatType.U32, "debug commands so far"),
        new("CumRecvLogs", "MCPV", StatType.U32, "log messages received"),
        new("Build info", "POSV", StatType.Text, "build"),
        new("Memmax_bytes", "CLPV", StatType.U32, "memory limit in bytes (-m)"),
        new("PoolAlloc_bytes", "MGPV", StatType.U64, "bytes in buffer pools"),
        new("PoolUsed_bytes", "MGPV", StatType.U64, "bytes of buffer pools in use"),
        new("Start_time_sec", "MDPV", StatType.U32, "start of the process, seconds since 1970"),
        new("Tainted", "SGPV", StatType.Text, "experimental features in use"),
        new("TotalWarnings", "MCPV", StatType.U32, "warnings so far"),
        new("MaxconnReached", "MCPV", StatType.U32, "times that maxconn was reached"),
        new("BootTime_ms", "MDPV", StatType.U32, "milliseconds from the start to readiness"),
        new("Niced_tasks", "MGPV", StatType.U32, "jobs with a nice value"),
        new("CurrStreams", "MGPV", StatType.U64, "streams now"),
        new("CumStreams", "MGPV", StatType.U64, "streams so far"),
        new("BlockedTrafficWarnings", "MGPV", StatType.U32, "warnings about blocked traffic"),
        new("PatternsAdded", "MGPV", StatType.U64, "patterns added"),
        new("PatternsFreed", "MGPV", StatType.U64, "patterns removed"),
        new("NbThreadGroups", "CGSV", StatType.U32, "groups of threads"),
    ];

    /// <summary><see cref="List"/> as "show info float" has it.</summary>
    public static readonly ImmutableArray<FieldDescription> Floating = [.. List.Select(static (field, index) =>
        System.Array.IndexOf(s_floats, (InfoField)index) < 0 ? field
        : field with { Type = StatType.Float, Tags = field.Tags.Replace("MG", "MR", System.StringComparison.Ordinal) })];
}
