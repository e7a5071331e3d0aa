using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace Hawser.Control.Stats;

/// <summary>HAProxy's metrics under its names, in its order, so that dashboards find them.</summary>
public static class PrometheusMetrics
{
    /// <summary>What has a column.</summary>
    [Flags]
    private enum Owners
    {
        Frontend = 1 << StatObject.Frontend,
        Backend = 1 << StatObject.Backend,
        Server = 1 << StatObject.Server,
        Listener = 1 << StatObject.Listener,
        Proxies = Frontend | Backend,
        Before = Frontend | Listener,
        Behind = Backend | Server,
        All = Before | Behind,
    }

    public static readonly ImmutableArray<Metric> Process =
    [
        Gauge("nbthread", InfoField.Nbthread),
        Gauge("nbproc", InfoField.Nbproc),
        Gauge("relative_process_id", InfoField.ProcessNum),
        Gauge("uptime_seconds", InfoField.UptimeSec),
        Counter("pool_failures_total", InfoField.PoolFailed),
        Gauge("max_fds", InfoField.UlimitN),
        Gauge("max_sockets", InfoField.Maxsock),
        Gauge("max_connections", InfoField.Maxconn),
        Gauge("hard_max_connections", InfoField.HardMaxconn),
        Gauge("current_connections", InfoField.CurrConns),
        Counter("connections_total", InfoField.CumConns),
        Counter("requests_total", InfoField.CumReq),
        Gauge("max_ssl_connections", InfoField.MaxSslConns),
        Gauge("current_ssl_connections", InfoField.CurrSslConns),
        Counter("ssl_connections_total", InfoField.CumSslConns),
        Gauge("max_pipes", InfoField.Maxpipes),
        Counter("pipes_used_total", InfoField.PipesUsed),
        Counter("pipes_free_total", InfoField.PipesFree),
        Gauge("current_connection_rate", InfoField.ConnRate),
        Gauge("limit_connection_rate", InfoField.ConnRateLimit),
        Gauge("max_connection_rate", InfoField.MaxConnRate),
        Gauge("current_session_rate", InfoField.SessRate),
        Gauge("limit_session_rate", InfoField.SessRateLimit),
        Gauge("max_session_rate", InfoField.MaxSessRate),
        Gauge("current_ssl_rate", InfoField.SslRate),
        Gauge("limit_ssl_rate", InfoField.SslRateLimit),
        Gauge("max_ssl_rate", InfoField.MaxSslRate),
        Gauge("current_frontend_ssl_key_rate", InfoField.SslFrontendKeyRate),
        Gauge("max_frontend_ssl_key_rate", InfoField.SslFrontendMaxKeyRate),
        Gauge("frontend_ssl_reuse", InfoField.SslFrontendSessionReusePct),
        Gauge("current_backend_ssl_key_rate", InfoField.SslBackendKeyRate),
        Gauge("max_backend_ssl_key_rate", InfoField.SslBackendMaxKeyRate),
        Counter("ssl_cache_lookups_total", InfoField.SslCacheLookups),
        Counter("ssl_cache_misses_total", InfoField.SslCacheMisses),
        Counter("http_comp_bytes_in_total", InfoField.CompressBpsIn),
        Counter("http_comp_bytes_out_total", InfoField.CompressBpsOut),
        Gauge("limit_http_comp", InfoField.CompressBpsRateLim),
        Gauge("current_zlib_memory", InfoField.ZlibMemUsage),
        Gauge("max_zlib_memory", InfoField.MaxZlibMemUsage),
        Gauge("current_tasks", InfoField.Tasks),
        Gauge("current_run_queue", InfoField.RunQueue),
        Gauge("idle_time_percent", InfoField.IdlePct),
        Gauge("node", InfoField.Node, MetricShape.Label),
        Gauge("description", InfoField.Description, MetricShape.Label),
        Gauge("stopping", InfoField.Stopping),
        Gauge("jobs", InfoField.Jobs),
        Gauge("unstoppable_jobs", InfoField.UnstoppableJobs),
        Gauge("listeners", InfoField.Listeners),
        Gauge("active_peers", InfoField.ActivePeers),
        Gauge("connected_peers", InfoField.ConnectedPeers),
        Counter("dropped_logs_total", InfoField.DroppedLogs),
        Gauge("busy_polling_enabled", InfoField.BusyPolling),
        Counter("failed_resolutions", InfoField.FailedResolutions),
        Counter("bytes_out_total", InfoField.TotalBytesOut),
        Counter("spliced_bytes_out_total", InfoField.TotalSplicedBytesOut),
        Gauge("bytes_out_rate", InfoField.BytesOutRate),
        Counter("recv_logs_total", InfoField.CumRecvLogs),
        Gauge("build_info", InfoField.BuildInfo, MetricShape.Label),
        Gauge("max_memory_bytes", InfoField.MemmaxBytes),
        Gauge("pool_allocated_bytes", InfoField.PoolAllocBytes),
        Gauge("pool_used_bytes", InfoField.PoolUsedBytes),
        Gauge("start_time_seconds", InfoField.StartTimeSec),
        Counter("total_warnings", InfoField.TotalWarnings),
        Gauge("patterns_added_total", InfoField.PatternsAdded),
        Gauge("patterns_freed_total", InfoField.PatternsFreed),
        Gauge("nb_thread_groups", InfoField.NbThreadGroups),
    ];

    /// <summary>In the order of the columns.</summary>
    private static readonly ImmutableArray<(Metric Metric, Owners Owners)> s_rows =
    [
        Gauge("current_queue", StatField.QueueNow, Owners.Behind),
        Gauge("max_queue", StatField.QueueMaximum, Owners.Behind),
        Gauge("current_sessions", StatField.SessionsNow, Owners.All),
        Gauge("max_sessions", StatField.SessionsMaximum, Owners.All),
        Gauge("limit_sessions", StatField.SessionsLimit, Owners.All),
        Counter("sessions_total", StatField.SessionsTotal, Owners.All),
        Counter("bytes_in_total", StatField.BytesIn, Owners.All),
        Counter("bytes_out_total", StatField.BytesOut, Owners.All),
        Counter("requests_denied_total", StatField.DeniedRequests, Owners.Before | Owners.Backend),
        Counter("responses_denied_total", StatField.DeniedResponses, Owners.All),
        Counter("request_errors_total", StatField.RequestErrors, Owners.Before),
        Counter("connection_errors_total", StatField.ConnectionErrors, Owners.Behind),
        Counter("response_errors_total", StatField.ResponseErrors, Owners.Behind),
        Counter("retry_warnings_total", StatField.Retries, Owners.Behind),
        Counter("redispatch_warnings_total", StatField.Redispatches, Owners.Behind),
        Gauge("status", StatField.Status, Owners.All, MetricShape.State),
        Gauge("weight", StatField.Weight, Owners.Behind),
        Gauge("active", StatField.Active, Owners.Server),
        Gauge("active_servers", StatField.Active, Owners.Backend),
        Gauge("backup", StatField.Backup, Owners.Server),
        Gauge("backup_servers", StatField.Backup, Owners.Backend),
        Counter("check_failures_total", StatField.CheckFailures, Owners.Server),
        Counter("check_up_down_total", StatField.CheckDowns, Owners.Behind),
        Gauge("check_last_change_seconds", StatField.LastChange, Owners.Behind),
        Counter("downtime_seconds_total", StatField.Downtime, Owners.Behind),
        Gauge("queue_limit", StatField.QueueLimit, Owners.Server),
        Gauge("current_throttle", StatField.Throttle, Owners.Server),
        Counter("loadbalanced_total", StatField.Balanced, Owners.Behind),
        Gauge("current_session_rate", StatField.Rate, Owners.Proxies | Owners.Server),
        Gauge("limit_session_rate", StatField.RateLimit, Owners.Frontend),
        Gauge("max_session_rate", StatField.RateMaximum, Owners.Proxies | Owners.Server),
        Gauge("check_status", StatField.CheckStatus, Owners.Server, MetricShape.Check),
        Gauge("check_code", StatField.CheckCode, Owners.Server),
        Gauge("check_duration_seconds", StatField.CheckDuration, Owners.Server, MetricShape.Seconds),
        Counter("http_responses_total", StatField.Responses1xx, Owners.Proxies | Owners.Server, MetricShape.Responses),
        Gauge("http_requests_rate_max", StatField.RequestRateMaximum, Owners.Frontend),
        Counter("http_requests_total", StatField.Requests, Owners.Proxies | Owners.Server),
        Counter("client_aborts_total", StatField.ClientAborts, Owners.Behind),
        Counter("server_aborts_total", StatField.ServerAborts, Owners.Behind),
        Counter("http_comp_bytes_in_total", StatField.CompressionIn, Owners.Proxies),
        Counter("http_comp_bytes_out_total", StatField.CompressionOut, Owners.Proxies),
        Counter("http_comp_bytes_bypassed_total", StatField.CompressionBypassed, Owners.Proxies),
        Counter("http_comp_responses_total", StatField.CompressedResponses, Owners.Proxies),
        Gauge("last_session_seconds", StatField.LastSession, Owners.Behind),
        Gauge("queue_time_average_seconds", StatField.QueueTime, Owners.Behind, MetricShape.Seconds),
        Gauge("connect_time_average_seconds", StatField.ConnectTime, Owners.Behind, MetricShape.Seconds),
        Gauge("response_time_average_seconds", StatField.ResponseTime, Owners.Behind, MetricShape.Seconds),
        Gauge("total_time_average_seconds", StatField.TotalTime, Owners.Behind, MetricShape.Seconds),
        Gauge("connections_rate_max", StatField.ConnectionRateMaximum, Owners.Frontend),
        Counter("connections_total", StatField.Connections, Owners.Before),
        Counter("intercepted_requests_total", StatField.Intercepted, Owners.Frontend),
        Counter("denied_connections_total", StatField.DeniedConnections, Owners.Before),
        Counter("denied_sessions_total", StatField.DeniedSessions, Owners.Before),
        Counter("failed_header_rewriting_total", StatField.FailedRewrites, Owners.All),
        Counter("connection_attempts_total", StatField.ConnectionAttempts, Owners.Behind),
        Counter("connection_reuses_total", StatField.ConnectionReuses, Owners.Behind),
        Counter("http_cache_lookups_total", StatField.CacheLookups, Owners.Proxies),
        Counter("http_cache_hits_total", StatField.CacheHits, Owners.Proxies),
        Gauge("idle_connections_current", StatField.IdleConnections, Owners.Server),
        Gauge("idle_connections_limit", StatField.IdleConnectionsLimit, Owners.Server),
        Gauge("max_queue_time_seconds", StatField.QueueTimeMaximum, Owners.Behind, MetricShape.Seconds),
        Gauge("max_connect_time_seconds", StatField.ConnectTimeMaximum, Owners.Behind, MetricShape.Seconds),
        Gauge("max_response_time_seconds", StatField.ResponseTimeMaximum, Owners.Behind, MetricShape.Seconds),
        Gauge("max_total_time_seconds", StatField.TotalTimeMaximum, Owners.Behind, MetricShape.Seconds),
        Counter("internal_errors_total", StatField.InternalErrors, Owners.All),
        Gauge("unsafe_idle_connections_current", StatField.UnsafeIdleConnections, Owners.Server),
        Gauge("safe_idle_connections_current", StatField.SafeConnections, Owners.Server),
        Gauge("used_connections_current", StatField.UsedConnections, Owners.Server),
        Gauge("need_connections_current", StatField.NeededConnections, Owners.Server),
        Gauge("uweight", StatField.UserWeight, Owners.Behind),
        Gauge("agg_server_status", StatField.AggregatedServerStatus, Owners.Backend, MetricShape.ServersByState),
        Gauge("agg_server_check_status", StatField.AggregatedServerCheckStatus, Owners.Backend, MetricShape.ServersByState),
        Gauge("agg_check_status", StatField.AggregatedCheckStatus, Owners.Backend, MetricShape.ServersByCheck),
        Gauge("private_idle_connections_current", StatField.PrivateIdleConnections, Owners.Server),
        Counter("req_bytes_in_total", StatField.RequestBytesIn, Owners.All),
        Counter("req_bytes_out_total", StatField.RequestBytesOut, Owners.All),
        Counter("res_bytes_in_total", StatField.ResponseBytesIn, Owners.All),
        Counter("res_bytes_out_total", StatField.ResponseBytesOut, Owners.All),
        Counter("http_cache_hint_hits_total", StatField.CacheHintHits, Owners.Proxies),
        Counter("req_bytes_lost_total", StatField.RequestBytesLost, Owners.All),
        Counter("res_bytes_lost_total", StatField.ResponseBytesLost, Owners.All),
        Counter("lossy_sessions_total", StatField.LossySessions, Owners.All),
    ];

    private static readonly ImmutableArray<ImmutableArray<Metric>> s_metrics =
        [.. Enum.GetValues<StatObject>().Select(static kind => MetricsOf((Owners)(1 << (int)kind)))];

    public static ImmutableArray<Metric> Of(StatObject kind) => s_metrics[(int)kind];

    /// <summary>"extra-counters": the columns of modules. HAProxy calls all of them counters.</summary>
    public static IEnumerable<Metric> OfModules(StatObject kind)
    {
        bool isProxy = kind is StatObject.Frontend or StatObject.Backend;
        foreach (ModuleStats.Module module in ModuleStats.List)
        {
            for (StatField field = module.First; field <= module.Last && (isProxy || module.Name == "ssl"); field++)
                yield return new Metric(StatFields.List[(int)field].Name, (int)field, true) { Module = module.Name };
        }
    }

    private static ImmutableArray<Metric> MetricsOf(Owners owner) =>
        [.. s_rows.Where(row => (row.Owners & owner) != 0).Select(static row => row.Metric)];

    private static Metric Gauge(string name, InfoField field, MetricShape shape = MetricShape.Number) =>
        new(name, (int)field, IsCounter: false, shape);

    private static Metric Counter(string name, InfoField field) => new(name, (int)field, IsCounter: true);

    private static (Metric, Owners) Gauge(string name, StatField field, Owners owners, MetricShape shape = MetricShape.Number) =>
        (new(name, (int)field, IsCounter: false, shape), owners);

    private static (Metric, Owners) Counter(string name, StatField field, Owners owners, MetricShape shape = MetricShape.Number) =>
        (new(name, (int)field, IsCounter: true, shape), owners);
}
